import CKernels

/// What the processor can do, asked once: the first argument of every kernel in C.
let processorLevel = kernel_level()
