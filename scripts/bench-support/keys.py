"""Times the editor at a pseudo-terminal: how long a key takes until the screen shows it.

    keys.py WIDEN ROWS

The answer to a key is over when the program waits for the next one: when it has written the end of a
synchronised update, and sleeps.
"""
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time

END = b"\x1b[?2026l"


class Terminal:
    def __init__(self, command):
        state = tempfile.mkdtemp()
        environment = {
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
            "HOME": state, "XDG_STATE_HOME": state, "INPUTRC": "/dev/null",
        }
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.execve(command[0], command, environment)
        size = struct.pack("HHHH", 24, 80, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)

    def read(self, seconds):
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return b""
        return os.read(self.descriptor, 1 << 16)

    def quiet(self, seconds):
        while self.read(seconds):
            pass

    def press(self, key):
        """The milliseconds until the answer to a key has been drawn."""
        start = time.perf_counter()
        os.write(self.descriptor, key)
        written = b""
        while END not in written:
            piece = self.read(5)
            if not piece:
                return 5000.0
            written += piece
        return (time.perf_counter() - start) * 1000

    def type(self, text, pause=0.0):
        times = []
        for letter in text:
            times.append(self.press(letter.encode()))
            if pause:
                self.quiet(pause)
        return times


def told(name, times):
    ordered = sorted(times)
    print(f"{name:44}{statistics.median(times):9.2f}{ordered[int(len(ordered) * 0.95)]:9.2f}"
          f"{ordered[-1]:9.2f}")


def main():
    program, rows = sys.argv[1], int(sys.argv[2])
    posts = max(1000, int(rows / 1.44))
    terminal = Terminal([program, "--sample", str(posts)])
    start = time.perf_counter()
    while b"Ctrl-D leaves" not in terminal.read(300):
        pass
    print(f"opened {posts:,} posts in {time.perf_counter() - start:.1f} s", file=sys.stderr)
    terminal.quiet(0.5)
    print(f"{'milliseconds':44}{'median':>9}{'95 %':>9}{'most':>9}")
    query = 'from staff | where (band in "2".."4" and fte < 0.9) | count by ethnicity, sex | share'
    give_up = b"\x15"
    for name, pause in [("a key, typed without a pause", 0.0), ("a key, with hints between", 0.15)]:
        times = []
        for _ in range(3):
            times += terminal.type(query, pause)
            terminal.press(give_up)
        told(name, times)
    for name, text in [
        ("Tab: columns", "from staff | where "),
        ("Tab: values of a category", "from staff | where band in "),
        ("Tab: values through a relationship", "from participation | where staff.role = "),
        ("Tab: values of a definition", "from staff | where ethnic_group = "),
        ("Tab: organisations, text", "from staff | where organisation = "),
    ]:
        times = []
        for _ in range(10):
            terminal.type(text)
            terminal.quiet(0.05)
            times.append(terminal.press(b"\t"))
            terminal.press(give_up)
        told(name, times)
    paste = (query + "\n") * (1_000_000 // (len(query) + 1))
    start = time.perf_counter()
    rest = (f"\x1b[200~{paste}\x1b[201~").encode()
    while rest:
        ready = select.select([terminal.descriptor], [terminal.descriptor], [], 60)
        if ready[0]:
            os.read(terminal.descriptor, 1 << 16)
        if ready[1]:
            rest = rest[os.write(terminal.descriptor, rest[:4096]):]
    terminal.quiet(0.5)
    print(f"{'a paste of a megabyte':44}{(time.perf_counter() - start - 0.5) * 1000:9.0f}")
    os.kill(terminal.process, signal.SIGKILL)


main()
