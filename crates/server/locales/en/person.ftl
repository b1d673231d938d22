person-page = Person
person-family = The family
person-sentence = { $name } stands in { $lists ->
    [one] 1 list
   *[other] { $lists } lists
} and { $families ->
    [one] 1 family
   *[other] { $families } families
}, receiving { $programmes ->
    [one] 1 programme
   *[other] { $programmes } programmes
}
person-sentence-deceased = { $name } died; stands in { $lists } { $lists ->
    [one] list
   *[other] lists
}
person-sentence-moved = { $name } left the district; stands in { $lists } { $lists ->
    [one] list
   *[other] lists
}
person-deceased = Died
person-moved = Left the district
person-born-age = { $date } ({ $age } y)
person-former-nik = Old NIK
person-reveal = Show the NIK
person-revealed = The NIK is shown on this page only, and that is logged.
person-families = Families over time
person-from = From
person-until = Until
person-until-now = now
person-why = Because of
person-by-list = List { $list }
person-lists-none = No list names this person. He was recorded by hand.
person-lists-none-now = This person came with list { $list }, which does not name them any more.
person-lists-none-withdrawn = This person came with list { $list }, which was taken back since.
person-decided-by = Decided
person-used-visit = { $name }, verified { $date }
person-used-hand = a change by hand or another list
person-used-list = newest list, { $list }
person-decided = Who decided, and why
person-decided-none = Nobody has changed this person's data: the newest list is used.
person-by-hand = { $kind } ({ $state }): { $reason }
person-by-visit = { $round } found { $what }
person-aid-none = The family is not enrolled in any programme yet.
person-aid-own = { $count } { $count ->
    [one] time
   *[other] times
} in his own name
person-looked = Who had the number shown
person-looked-none = Nobody has had the number shown.
person-looked-number = NIK shown
person-looked-family = NIK and family card of the family shown
person-looked-printed = Sheet of personal data printed
person-timeline = Timeline
person-sheet = Sheet of personal data
person-sheet-logged = Printing the sheet is written in the journal
person-sheet-lists = Where the data come from, and what for
person-sheet-visits = Visits by officials
person-sheet-families = Families over time
person-sheet-aid = Programmes and aid of the family
person-sheet-given = To whom the data were given
person-sheet-looked = Who looked
person-sheet-list = List
person-sheet-giver = Giver and basis
person-sheet-purpose = Purpose
person-sheet-purpose-usual = Targeting and delivery of social assistance
person-sheet-says = What it says
person-sheet-when = When
person-sheet-round = Verification round
person-sheet-who = Who
person-sheet-what = What
person-sheet-agency = Agency
person-sheet-for = For
person-sheet-none = None.
person-sheet-office = Social Office
person-sheet-officer = Official
person-sheet-basis = This sheet holds the personal data that the government of { $district } keeps of you, given to you under Law 27 of 2022 on the protection of personal data.
person-right-correct = You may ask for wrong or incomplete data to be corrected.
person-right-ask = You may ask what the data are used for, to whom they were given, and who looked at them.
person-right-object = You may object to a decision about assistance at the social office or the village government.
person-given-referral = Referral: { $what }
person-given-programme = Programme { $what }
journal-kind-person = Sheets of personal data
journal-person-printed = Sheet of personal data of a member printed
