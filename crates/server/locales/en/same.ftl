same-open = The same person as …
same-sentence = { $count ->
    [one] 1 person may be the same as { $name }
   *[other] { $count } people may be the same as { $name }
}
same-sentence-none = Nobody is like { $name }
same-search = Look for somebody else
same-search-hint = Name, or a NIK of 16 digits
same-none = Nobody fits. Try another name or the NIK.
same-with = Who is in truth the same person?
same-compare = Compare the two
same-born = born { $date }
same-check = { $kept } and { $other }: the same person?
same-facts = Facts of the two
same-kept = Kept
same-given-up = Merged into it
same-moves = What moves
same-moves-lists = { $count ->
    [one] 1 list row tells of the person kept from now on
   *[other] { $count } list rows tell of the person kept from now on
}
same-moves-visits = { $count ->
    [one] 1 visit result moves along
   *[other] { $count } visit results move along
}
same-moves-family = The family of { $name } becomes one with the family kept, with its visits, enrolments and aid. What a decree names stays there.
same-moves-others = Members who are the same people too: { $names }
same-moves-link = The record merged stays; its old page points to the person kept
same-question = Record as one person: { $name }?
same-text = It can be taken apart at any time, also when something has been built on it.
same-reason-hint = For instance an identity or family card, or who confirmed it
same-confirm-unlike = I have checked: they are one person all the same
same-confirm-hint = Sex, date of birth or NIK of the two contradict each other.
same-write = Yes, one person
same-swap = Keep { $name }
same-flash-done = The two are one person now
same-apart = Take apart again
same-apart-text = The two are two people again. What moved goes back; what has changed again since stays.
same-apart-do = Take apart again
same-built = Built on it:
same-built-change = change { $name }
same-built-list = { $count ->
    [one] 1 row of list { $name }
   *[other] { $count } rows of list { $name }
}
same-built-withdrawn = { $count ->
    [one] 1 person was
   *[other] { $count } people were
} told of by list { $name } alone, which was taken back: not in the registry again unless that list enters again
same-built-round = verification round { $name }
same-built-determination = { $name }
same-built-programme = programme { $name }
same-built-event = { $name }
same-built-referral = referral { $name }
same-built-stays = stays with the person kept
same-built-returns = goes back to the person
person-same = Merged
person-sentence-same = { $name } stands in { $lists ->
    [one] 1 list
   *[other] { $lists } lists
}, and is the same person as somebody else
person-is-now = This record is merged with { $name }.
person-is-now-open = Open the person
person-merged = Another record, { $name }, is merged with this person.
person-merged-open = Look or take apart
likely-sentence = { $name } may be recorded already
likely-here = { $count ->
    [one] 1 person like this is recorded already:
   *[other] { $count } people like this are recorded already:
}
likely-elsewhere = { $count ->
    [one] 1 person like this outside your area. Ask the social office if in doubt.
   *[other] { $count } people like this outside your area. Ask the social office if in doubt.
}
likely-what = If one of them is meant, open the page and record the change there. If not, go on.
likely-new = Record as a new person all the same
