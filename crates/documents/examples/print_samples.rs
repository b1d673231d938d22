//! Prints every sample document on both papers into a folder: look at them after changing a template.
//!
//! `cargo run -p documents --features samples --example print_samples -- target/samples [name]`

use std::{env, error::Error, fs, path::Path, time::Instant};

use documents::{Paper, Print, render, samples};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("where to? name a folder")?;
    let only = env::args().nth(2).unwrap_or_default();
    fs::create_dir_all(&folder)?;
    let long = [
        ("long-decree", documents::Document::Decree(samples::decree(6000))),
        ("long-payment_list", documents::Document::PaymentList(samples::payment_list(6000))),
    ];
    for (name, document) in samples::all().into_iter().chain(long) {
        if !name.contains(&only) {
            continue;
        }
        for (paper, suffix) in [(Paper::A4, "a4"), (Paper::F4, "f4")] {
            let begun = Instant::now();
            let pdf = render(&document, &Print::on(paper, samples::DOCUMENT_ID))?;
            let path = Path::new(&folder).join(format!("{name}-{suffix}.pdf"));
            fs::write(&path, &pdf)?;
            println!("{} {} kB in {} ms", path.display(), pdf.len() / 1024, begun.elapsed().as_millis());
        }
    }
    Ok(())
}
