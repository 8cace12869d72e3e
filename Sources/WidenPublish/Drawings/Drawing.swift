import WidenLanguage

/// A drawing in Scalable Vector Graphics that grows from the top down.
///
/// Colours are classes: the page that holds it, or its own style sheet, says what they are, in
/// daylight and in the dark.
struct Drawing {
  /// Where a text stands beside its point.
  enum Anchor: String {
    case start, middle, end
  }

  let width: Double
  var height: Double
  private(set) var elements = ""

  init(width: Double = 680, height: Double = 0) {
    self.width = width
    self.height = height
  }

  /// Puts elements over those that there are.
  mutating func add(_ others: String) { elements += others }

  /// Text whose base line stands at a point.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, class name: String = "t"
  ) {
    let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    elements +=
      "<text class=\"\(name)\" x=\"\(short(x))\" y=\"\(short(y))\"\(place)>"
      + "\(escapedXML(text))</text>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, class name: String,
    opacity: Double? = nil
  ) {
    let faint = opacity.map { " fill-opacity=\"\(short($0))\"" } ?? ""
    elements +=
      "<rect class=\"\(name)\" x=\"\(short(x))\" y=\"\(short(y))\" width=\"\(short(max(0, width)))\" "
      + "height=\"\(short(height))\"\(faint)/>\n"
  }

  mutating func line(_ points: [(x: Double, y: Double)], class name: String) {
    guard points.count > 1 else { return }
    let list = points.map { "\(short($0.x)),\(short($0.y))" }.joined(separator: " ")
    elements += "<polyline class=\"\(name)\" points=\"\(list)\"/>\n"
  }

  /// One of six marks, which differ in shape and not only in colour.
  mutating func mark(_ kind: Int, at point: (x: Double, y: Double), class name: String) {
    let (x, y) = point
    func polygon(_ points: [(Double, Double)]) -> String {
      let list = points.map { "\(short(x + $0.0)),\(short(y + $0.1))" }.joined(separator: " ")
      return "<polygon class=\"\(name)\" points=\"\(list)\"/>\n"
    }
    switch kind % 6 {
    case 0:
      elements += "<circle class=\"\(name)\" cx=\"\(short(x))\" cy=\"\(short(y))\" r=\"4.5\"/>\n"
    case 1: elements += polygon([(-4, -4), (4, -4), (4, 4), (-4, 4)])
    case 2: elements += polygon([(0, -5.5), (5.5, 4.5), (-5.5, 4.5)])
    case 3: elements += polygon([(0, -6), (6, 0), (0, 6), (-6, 0)])
    case 4: elements += polygon([(0, 5.5), (5.5, -4.5), (-5.5, -4.5)])
    default: elements += polygon([(-5.5, -2), (5.5, -2), (5.5, 2), (-5.5, 2)])
    }
  }

  /// The whole drawing, with a title and a description for those who do not see it.
  func page(title: String, description: String, identifier: String, isAlone: Bool) -> String {
    let space = isAlone ? " xmlns=\"http://www.w3.org/2000/svg\"" : ""
    let style = isAlone ? "<style>\(Drawing.style)</style>\n" : ""
    let ground = isAlone ? "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n" : ""
    return """
      <svg\(space) class="drawing" viewBox="0 0 \(short(width)) \(short(height))" role="img" \
      aria-labelledby="\(identifier)-title \(identifier)-text">
      <title id="\(identifier)-title">\(escapedXML(title))</title>
      <desc id="\(identifier)-text">\(escapedXML(description))</desc>
      \(style)\(ground)\(elements)</svg>

      """
  }

  /// The colours of the Analysis Function's palette, which the colour-blind can tell apart, and
  /// lighter ones in the dark.
  ///
  /// No text of a drawing has a background that is painted; the one that is named is what it stands
  /// on, at the worst, so that programs can check its contrast. They take inline elements, as areas
  /// are by themselves, to lie over texts.
  static let style = """
    .drawing{--ink:#0b0c0c;--faint:#505a5f;--rule:#b1b4b6;--ground:#fff;--heat:#89a1b6;\
    --c1:#12436d;--c2:#28a197;--c3:#801650;--c4:#f46a25;--c5:#3d3d3d;--c6:#a285d1;font:15px system-ui,Arial,sans-serif}
    @media(prefers-color-scheme:dark){.drawing{--ink:#f3f2f1;--faint:#b1b4b6;--rule:#505a5f;\
    --ground:#16191c;--heat:#4b6681;--c1:#7fb2e5;--c2:#4fc4b8;--c3:#e58bb8;--c4:#f79a6b;--c5:#c9c9c9;\
    --c6:#c9b5ea}}
    @media print{.drawing{--ink:#000;--faint:#333;--rule:#777;--ground:#fff;--heat:#89a1b6;\
    --c1:#12436d;--c2:#1d7a72;--c3:#801650;--c4:#b34712;--c5:#3d3d3d;--c6:#6b4fa0}}
    .drawing .ground{fill:var(--ground)}
    .drawing text{fill:var(--ink);background-color:var(--ground)}
    .drawing .h{background-color:var(--heat)}
    .drawing rect{display:block}
    .drawing .b{font-weight:600}
    .drawing .f{fill:var(--faint);font-size:13px}
    .drawing .rule{stroke:var(--rule);stroke-width:1;fill:none}
    .drawing .axis{stroke:var(--faint);stroke-width:1.5;fill:none}
    .drawing .limit{stroke:var(--faint);stroke-width:1.5;stroke-dasharray:6 4;fill:none}
    .drawing .range{stroke:var(--ink);stroke-width:2;fill:none}
    .drawing .goal{stroke:var(--c3);stroke-width:4;fill:none}
    .drawing .withheld{fill:none;stroke:var(--faint);stroke-dasharray:3 3}
    .drawing .c1{fill:var(--c1)}.drawing .c2{fill:var(--c2)}.drawing .c3{fill:var(--c3)}
    .drawing .c4{fill:var(--c4)}.drawing .c5{fill:var(--c5)}.drawing .c6{fill:var(--c6)}
    .drawing polyline.l1{stroke:var(--c1)}.drawing polyline.l2{stroke:var(--c2)}
    .drawing polyline.l3{stroke:var(--c3)}.drawing polyline.l4{stroke:var(--c4)}
    .drawing polyline.l5{stroke:var(--c5)}.drawing polyline.l6{stroke:var(--c6)}
    .drawing polyline.l{stroke-width:2.5;fill:none}
    """
}

/// A number with one decimal where it needs one: `12`, `12.5`.
func short(_ number: Double) -> String {
  let tenths = (number * (abs(number) < 2 ? 100 : 10)).rounded() / (abs(number) < 2 ? 100 : 10)
  return tenths == tenths.rounded() ? String(Int(tenths)) : "\(tenths)"
}

/// How wide a text is drawn, at the most: typefaces differ, and the widest common one counts.
func drawnWidth(_ text: String) -> Double { Double(cellWidth(text)) * 9.4 }
