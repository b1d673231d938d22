//! Official documents as PDF (Typst): the only place that knows Typst.
