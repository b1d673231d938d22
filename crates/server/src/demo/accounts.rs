//! The made-up people who work in the demo: one for each role, all with the same password, printed when it serves.

use domain::{AreaCode, access::Role};
use store::{
    Actor,
    access::{Grant, NewUser, create_user},
    programmes,
};

use crate::{App, access::password};

/// The password of every account of the demo.
pub const PASSWORD: &str = "tuntas-demo-2026";

struct Account {
    login: &'static str,
    name: &'static str,
    role: Role,
    area: Option<&'static str>,
    position: Option<&'static str>,
    nip: Option<&'static str>,
    agency: Option<&'static str>,
}

const fn account(login: &'static str, name: &'static str, role: Role, area: Option<&'static str>) -> Account {
    Account { login, name, role, area, position: None, nip: None, agency: None }
}

/// Who works in the made-up district. NIP are made up.
const ACCOUNTS: [Account; 15] = [
    Account {
        position: Some("Staf Bidang Penanganan Fakir Miskin"),
        ..account("rina", "Rina Astuti", Role::OfficeStaff, None)
    },
    Account {
        position: Some("Kepala Dinas Sosial"),
        nip: Some("197003121995031004"),
        ..account("bahtiar", "Drs. H. Bahtiar, M.Si.", Role::HeadOfOffice, None)
    },
    account("wahyu", "Wahyu Lestari", Role::Verifier, Some("99.01.06")),
    account("dewi", "Dewi Anggraini", Role::Verifier, Some("99.01.09")),
    account("joko", "Joko Santoso", Role::Verifier, Some("99.01.10")),
    account("mega", "Mega Puspita", Role::Verifier, None),
    account("nurhayati", "Nurhayati", Role::Companion, Some("99.01.06")),
    account("samsul", "Samsul Bahri", Role::Tksk, Some("99.01.09")),
    account("operator", "Operator Desa", Role::VillageOperator, Some("99.01.06.2001")),
    Account { agency: Some("DISTAN"), ..account("pertanian", "Slamet Riyadi", Role::AgencyStaff, None) },
    Account { agency: Some("DISKAN"), ..account("perikanan", "Laila Sari", Role::AgencyStaff, None) },
    account("bappeda", "Indah Permata", Role::Planner, None),
    account("bupati", "Bupati Contoh", Role::Regent, None),
    account("inspektorat", "Hendra Wijaya", Role::Auditor, None),
    account("admin", "Administrator", Role::Administrator, None),
];

pub async fn create(app: &App) -> anyhow::Result<()> {
    let hash = password::hash(PASSWORD).await?;
    let actor = Actor::program("tuntas demo");
    let change = app.store.change(&actor, &app.clock.stamp()).await?;
    let agencies = programmes::agencies(&change).await?;
    let valid_from = change.today().to_owned();
    for account in &ACCOUNTS {
        let area = account.area.map(str::parse::<AreaCode>).transpose()?;
        let new = NewUser {
            login: account.login,
            name: account.name,
            password_hash: &hash,
            must_change_password: false,
            nip: account.nip,
            position: account.position,
            acting: false,
            agency_id: account.agency.and_then(|code| agencies.iter().find(|a| a.code == code).map(|a| a.id)),
        };
        let grant = Grant { role: account.role, area, valid_from: valid_from.clone(), valid_until: None };
        create_user(&change, &new, &[grant]).await?;
    }
    change.commit().await?;
    Ok(())
}

/// Prints who can log in.
pub fn print() {
    say!("\nAkun (kata sandi semuanya: {PASSWORD})");
    for account in &ACCOUNTS {
        say!("  {:<12} {:<24} {}", account.login, account.name, account.role);
    }
}
