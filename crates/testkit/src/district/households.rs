//! How families are made up: who lives together and how old they are.
//!
//! Only sexes, ages and relations are decided here, in whole years as of the reference date; names, schooling, work and
//! numbers come in [`super::settlers`].

use domain::Sex;

use super::{
    dice::Dice,
    people::{Marital, Relation},
};

/// A place in a family to be filled with a person.
#[derive(Clone, Debug)]
pub struct Member {
    pub sex: Sex,
    pub age: i32,
    pub relation: Relation,
    pub relation_before: Relation,
    pub marital: Marital,
    pub marital_before: Marital,
    /// Positions of the parents among the members.
    pub mother: Option<usize>,
    pub father: Option<usize>,
    /// Where among the siblings, from 0.
    pub order: usize,
    pub gone: Option<Gone>,
    /// Came by marriage, some time since 2023.
    pub newly_in: bool,
}

/// Was there in 2023, is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    Died,
    /// Died as head of the family.
    DiedAsHead,
    Left,
}

/// The members and, where a young couple set up its own family lately, which of them went.
pub struct Household {
    pub members: Vec<Member>,
    /// A daughter or son with spouse and children who could split off.
    pub branch: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    LoneElder,
    LoneAdult,
    Couple,
    Nuclear,
    WithParent,
    ThreeGenerations,
    WomanHead,
    ManAlone,
    Grandparents,
}

const KINDS: [(Kind, f64); 9] = [
    (Kind::LoneElder, 0.052),
    (Kind::LoneAdult, 0.020),
    (Kind::Couple, 0.105),
    (Kind::Nuclear, 0.528),
    (Kind::WithParent, 0.085),
    (Kind::ThreeGenerations, 0.078),
    (Kind::WomanHead, 0.088),
    (Kind::ManAlone, 0.018),
    (Kind::Grandparents, 0.026),
];

const MALE: Sex = Sex::Male;
const FEMALE: Sex = Sex::Female;

fn member(sex: Sex, age: i32, relation: Relation, marital: Marital) -> Member {
    Member {
        sex,
        age,
        relation,
        relation_before: relation,
        marital,
        marital_before: marital,
        mother: None,
        father: None,
        order: 0,
        gone: None,
        newly_in: false,
    }
}

/// A family. `welfare` is about -1 to 1: the poor marry earlier and have more children.
pub fn draw(dice: &mut Dice, welfare: f64) -> Household {
    let mut members = Vec::with_capacity(6);
    let mut branch = Vec::new();
    match dice.weighted(&KINDS) {
        Kind::LoneElder => lone_elder(dice, &mut members),
        Kind::LoneAdult => {
            let sex = if dice.chance(0.6) { MALE } else { FEMALE };
            let age = dice.between(23, 58);
            let marital = if age < 35 || dice.chance(0.3) { Marital::Single } else { Marital::Divorced };
            members.push(member(sex, age, Relation::Head, marital));
        }
        Kind::Couple => {
            let age = if dice.chance(0.34) { dice.between(21, 32) } else { dice.between(52, 80) };
            couple(dice, &mut members, age);
            if age > 50 && dice.chance(0.30) {
                grown_child_who_left(dice, &mut members);
            }
        }
        Kind::Nuclear => nuclear(dice, &mut members, welfare),
        Kind::WithParent => {
            nuclear(dice, &mut members, welfare);
            parent_of_the_head(dice, &mut members, false);
        }
        Kind::ThreeGenerations => branch = three_generations(dice, &mut members, welfare),
        Kind::WomanHead => woman_head(dice, &mut members, welfare),
        Kind::ManAlone => {
            let age = dice.between(33, 62);
            let marital = if dice.chance(0.6) { Marital::Widowed } else { Marital::Divorced };
            members.push(member(MALE, age, Relation::Head, marital));
            let mother = age - dice.between(1, 7);
            children(dice, &mut members, None, Some(0), mother, welfare);
        }
        Kind::Grandparents => grandparents(dice, &mut members),
    }
    if members.len() > 2 && dice.chance(0.045) {
        let sex = if dice.chance(0.5) { MALE } else { FEMALE };
        members.push(member(sex, dice.between(8, 26), Relation::Other, Marital::Single));
    }
    Household { members, branch }
}

fn lone_elder(dice: &mut Dice, members: &mut Vec<Member>) {
    let sex = if dice.chance(0.74) { FEMALE } else { MALE };
    let age = dice.between(60, 88);
    let widowed = dice.chance(0.88);
    members.push(member(sex, age, Relation::Head, if widowed { Marital::Widowed } else { Marital::Divorced }));
    if widowed && age < 82 && dice.chance(0.24) {
        spouse_who_died(dice, members);
    }
}

/// The late spouse of a widowed head; a husband was the head before.
fn spouse_who_died(dice: &mut Dice, members: &mut Vec<Member>) {
    let head = members[0].clone();
    let (sex, age, relation) = if head.sex == FEMALE {
        (MALE, head.age + dice.between(-1, 8), Relation::Head)
    } else {
        (FEMALE, head.age - dice.between(0, 6), Relation::Spouse)
    };
    let mut late = member(sex, age, relation, Marital::Married);
    late.gone = Some(if relation == Relation::Head { Gone::DiedAsHead } else { Gone::Died });
    members[0].marital_before = Marital::Married;
    if relation == Relation::Head {
        members[0].relation_before = Relation::Spouse;
    }
    members.push(late);
}

/// A man of that age and his wife.
fn couple(dice: &mut Dice, members: &mut Vec<Member>, age: i32) {
    let wife = (age - 3 + (3.0 * dice.bell()) as i32).clamp(18, age + 5);
    members.push(member(MALE, age, Relation::Head, Marital::Married));
    members.push(member(FEMALE, wife, Relation::Spouse, Marital::Married));
}

fn nuclear(dice: &mut Dice, members: &mut Vec<Member>, welfare: f64) {
    let age = (42.0 + 10.0 * dice.bell()).clamp(22.0, 68.0) as i32;
    couple(dice, members, age);
    let wife = members[1].age;
    children(dice, members, Some(1), Some(0), wife, welfare);
    if members.len() == 2 && wife < 43 {
        // a family of this kind has at least one child
        let oldest = (wife - 19).min(age - 19).max(0);
        let age = dice.between(0, oldest.min(12));
        add_child(dice, members, Some(1), Some(0), age, 0);
    }
    if age >= 45 && dice.chance(0.20) {
        grown_child_who_left(dice, members);
    }
}

/// The children of a woman of that age who still live at home.
fn children(
    dice: &mut Dice,
    members: &mut Vec<Member>,
    mother: Option<usize>,
    father: Option<usize>,
    mothers_age: i32,
    welfare: f64,
) {
    let generation = f64::from((mothers_age - 30).clamp(0, 40)) / 40.0;
    let wanted = (2.35 + 1.3 * generation - 0.55 * welfare + 0.95 * dice.bell()).round().clamp(0.0, 8.0) as usize;
    let mut at_birth = (22.6 + 1.4 * welfare + 3.2 * dice.bell()).clamp(17.0, 37.0) as i32;
    for order in 0..wanted {
        let age = mothers_age - at_birth;
        let father_old_enough = father.is_none_or(|father| members[father].age - age >= 18);
        let at_home = match age {
            ..0 => 0.0,
            0..=18 => 0.99,
            19..=22 => 0.74,
            23..=26 => 0.44,
            27..=32 => 0.20,
            _ => 0.07,
        };
        if father_old_enough && dice.chance(at_home) {
            add_child(dice, members, mother, father, age, order);
        }
        at_birth += 2 + dice.below(3) as i32 + if dice.chance(0.3) { dice.between(1, 4) } else { 0 };
        if at_birth > 44 {
            break;
        }
    }
}

fn add_child(
    dice: &mut Dice,
    members: &mut Vec<Member>,
    mother: Option<usize>,
    father: Option<usize>,
    age: i32,
    order: usize,
) {
    let sex = if dice.chance(0.512) { MALE } else { FEMALE };
    let marital = if age > 24 && dice.chance(0.12) { Marital::Divorced } else { Marital::Single };
    members.push(Member { mother, father, order, ..member(sex, age, Relation::Child, marital) });
}

/// A daughter or son who was there in 2023 and has left since.
fn grown_child_who_left(dice: &mut Dice, members: &mut Vec<Member>) {
    let youngest_parent = members.iter().take(2).map(|parent| parent.age).min().unwrap_or(0);
    let age = dice.between(20, 28);
    if youngest_parent - age < 18 {
        return;
    }
    let sex = if dice.chance(0.48) { MALE } else { FEMALE };
    let (father, mother) = if members[0].sex == MALE { (Some(0), Some(1)) } else { (None, Some(0)) };
    let mother = mother.filter(|at| members.get(*at).is_some_and(|m| m.sex == FEMALE));
    members.push(Member {
        gone: Some(Gone::Left),
        mother,
        father,
        ..member(sex, age, Relation::Child, Marital::Single)
    });
}

/// The head's mother or father; when the head is a woman, her own.
fn parent_of_the_head(dice: &mut Dice, members: &mut Vec<Member>, died: bool) {
    let sex = if dice.chance(0.76) { FEMALE } else { MALE };
    let age = (members[0].age + dice.between(19, 33)).min(96);
    if age - members[0].age < 18 {
        return;
    }
    let mut parent = member(sex, age, Relation::Parent, Marital::Widowed);
    parent.gone = died.then_some(Gone::Died);
    members.push(parent);
    let at = members.len() - 1;
    if sex == FEMALE {
        members[0].mother = Some(at);
    } else {
        members[0].father = Some(at);
    }
}

/// Parents with a married daughter or son and the grandchildren; returns the young family.
fn three_generations(dice: &mut Dice, members: &mut Vec<Member>, welfare: f64) -> Vec<usize> {
    let age = dice.between(47, 72);
    if dice.chance(0.76) {
        couple(dice, members, age);
    } else {
        let widow = dice.chance(0.8);
        members.push(member(if widow { FEMALE } else { MALE }, age, Relation::Head, Marital::Widowed));
        if dice.chance(0.22) {
            spouse_who_died(dice, members);
        }
    }
    let parents = members.len();
    let youngest = members.iter().map(|parent| parent.age).min().unwrap_or(age);
    let child_age = (youngest - dice.between(19, 28)).max(19);
    if youngest - child_age < 18 {
        return Vec::new();
    }
    let sex = if dice.chance(0.42) { MALE } else { FEMALE };
    let father = (members[0].sex == MALE).then_some(0);
    let mother = members.iter().position(|m| m.sex == FEMALE);
    let partner = (if sex == MALE { child_age - 2 } else { child_age + 3 } + dice.bell() as i32).max(18);
    members.push(Member { mother, father, ..member(sex, child_age, Relation::Child, Marital::Married) });
    members.push(member(if sex == MALE { FEMALE } else { MALE }, partner, Relation::InLaw, Marital::Married));
    let (dad, mum) = if sex == MALE { (parents, parents + 1) } else { (parents + 1, parents) };
    let first = members.len();
    let mums_age = members[mum].age;
    children(dice, members, Some(mum), Some(dad), mums_age, welfare);
    members.truncate(first + 3);
    for grandchild in &mut members[first..] {
        grandchild.relation = Relation::Grandchild;
        grandchild.relation_before = Relation::Grandchild;
        grandchild.marital = Marital::Single;
        grandchild.marital_before = Marital::Single;
    }
    if members.len() == first {
        members[parents + 1].newly_in = dice.chance(0.6);
    }
    let branch = (parents..members.len()).collect();
    // an unmarried sibling still at home
    let sibling_age = child_age - dice.between(2, 9);
    if sibling_age >= 4 && dice.chance(0.45) {
        add_child(dice, members, mother, father, sibling_age, 1);
        let last = members.len() - 1;
        members[last].marital = Marital::Single;
        members[last].marital_before = Marital::Single;
    }
    branch
}

fn woman_head(dice: &mut Dice, members: &mut Vec<Member>, welfare: f64) {
    let age = dice.between(29, 63);
    let widowed = dice.chance(if age > 45 { 0.75 } else { 0.40 });
    let marital = if widowed { Marital::Widowed } else { Marital::Divorced };
    members.push(member(FEMALE, age, Relation::Head, marital));
    children(dice, members, Some(0), None, age, welfare);
    if members.len() == 1 {
        let oldest = (age - 20).clamp(1, 19);
        let child = dice.between((age - 42).max(0).min(oldest), oldest);
        add_child(dice, members, Some(0), None, child, 0);
    }
    if widowed && dice.chance(0.26) {
        let husband = members.len();
        spouse_who_died(dice, members);
        // he was old enough to be the children's father
        let eldest = members.iter().filter(|m| m.relation == Relation::Child).map(|m| m.age).max().unwrap_or(0);
        members[husband].age = members[husband].age.max(eldest + 19);
        for child in members.iter_mut().filter(|m| m.relation == Relation::Child) {
            child.father = Some(husband);
        }
    }
    if age < 52 && dice.chance(0.16) {
        parent_of_the_head(dice, members, false);
    }
}

fn grandparents(dice: &mut Dice, members: &mut Vec<Member>) {
    let age = dice.between(57, 77);
    if dice.chance(0.5) {
        couple(dice, members, age);
    } else {
        members.push(member(if dice.chance(0.8) { FEMALE } else { MALE }, age, Relation::Head, Marital::Widowed));
    }
    for _ in 0..=dice.below(2) {
        let sex = if dice.chance(0.5) { MALE } else { FEMALE };
        members.push(member(sex, dice.between(4, 16), Relation::Grandchild, Marital::Single));
    }
}

/// Somebody's parent who lived with them in 2023.
pub fn add_late_parent(dice: &mut Dice, members: &mut Vec<Member>) {
    let head = &members[0];
    if head.mother.is_none() && head.father.is_none() && (30..=62).contains(&head.age) {
        parent_of_the_head(dice, members, true);
    }
}
