//! `tuntas`: one program for the office's server, the command line and the demo.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::main()
}
