# Lists: upload, read, report, commit
job-step-list-survey = Looking through the file
job-step-list-rows = Reading rows
job-step-list-families = Matching families and members
job-step-list-commit = Entering the registry
job-step-list-undo = Taking it back out of the registry
job-failed = This work failed.
job-failed-next = Nothing was changed. Try again; if it happens again, tell the administrator.

error-list-unknown = This list is no longer there.
error-list-unknown-next = Go back to the page of lists.
error-list-state = The state of this list has changed; somebody else may just have worked on it.
error-list-state-next = Open the list again to see where it stands.
error-list-no-reason = The reason is missing.
error-list-no-reason-next = Write why this list is taken back; the reason is kept in the journal with your name.
error-list-no-file = None of the files can be read.
error-list-no-file-next = See the reason at each file, then upload the right file.
error-list-no-areas = No areas were loaded, so that no village can be told.
error-list-no-areas-next = Ask the administrator to load the areas, then try again.

journal-list-uploaded = { $list }: { $files } { $files ->
    [one] file
   *[other] files
} uploaded
journal-list-discarded = { $list } discarded before it entered
journal-list-downloaded = { $what } of { $list } downloaded
journal-list-committed = { $list } entered: { $families } { $families ->
    [one] family
   *[other] families
}, { $persons } { $persons ->
    [one] person
   *[other] persons
}
journal-list-committed-created = First recorded from { $list } (decile { $desil })
journal-list-committed-new = Also in { $list } (decile { $desil })
journal-list-committed-changed = { $list }: data changed (decile { $desil })
journal-list-committed-unchanged = { $list }: unchanged (decile { $desil })
journal-list-undone = { $list } taken back: { $families_gone } { $families_gone ->
    [one] family
   *[other] families
} left the registry, { $families_stay } stay

# The page of all lists
lists-none = No list yet. Upload the DTSEN or P3KE files you were given.
lists-only-waiting = { $count ->
    [one] { $count } list waits for you; none has entered yet.
   *[other] { $count } lists wait for you; none has entered yet.
}
lists-newest = { $list } is the newest list: { $families } { $families ->
    [one] family
   *[other] families
} as of { $date }.
lists-newest-and-waiting = { $count ->
    [one] { $list } is the newest list: { $families } families; { $count } other list waits for you.
   *[other] { $list } is the newest list: { $families } families; { $count } other lists wait for you.
}
lists-first-title = All work begins with a list
lists-first-text = Tuntas reads DTSEN (CSV) and P3KE (XLSX) files as the ministries give them. Every row is kept as it came, its faults are shown, and nothing enters before you decide.
lists-first-samples = No files at hand? Try the sample files: the district is made up, the faults are like real ones.
lists-upload = Upload a list
lists-samples = Sample files
lists-table = All lists
lists-list = List
lists-date-ahead = This date has not come yet; give the date that the letter or the file states
lists-version-there = { $list } is in Tuntas already; give another version, for instance { $other }, or take the old list back first
lists-date-of = Date of the list
lists-state = State
lists-families = Families
lists-persons = Persons
lists-files = Files
lists-who = By
lists-entered = Entered
lists-uploaded = Uploaded
lists-source-unknown = List not recognised yet
lists-files-named = { $file } and { $more } more
lists-unknown-here = No list that Tuntas knows: open it and choose its format, or discard it.
lists-state-draft = To be checked
lists-state-reading = Being read
lists-state-ready = Waits for a decision
lists-state-committing = Being entered
lists-state-committed = Entered
lists-state-undoing = Being taken back
lists-state-discarded = Discarded
lists-state-undone = Taken back

# Sample files
lists-samples-sentence = { $count ->
    [one] { $count } sample file to try.
   *[other] { $count } sample files to try.
}
lists-samples-none = There are no sample files in this installation.
lists-samples-none-hint = The command tuntas demo makes them.
lists-samples-foot = Everybody in them is made up (Kabupaten Contoh, 99.01). Upload the family and member files of one version together.
lists-file = File
lists-what-for = What it is for
lists-size = Size
lists-sample-areas = Areas with Kemendagri and BPS codes; loaded by tuntas areas import.
lists-sample-boundaries = Village boundaries for the map; loaded by tuntas areas import.
lists-sample-members = Family members; upload together with the file of families.
lists-sample-families = Families; upload together with the file of members.
lists-sample-other = A list file.

# Upload
lists-upload-sentence = Put list files here; Tuntas recognises list, version and format.
lists-upload-more = Add files to { $list }.
lists-files-label = List files
lists-files-hint = CSV, XLSX, XLS or ODS; several at once, each at most 512 MB.
lists-upload-do = Upload
lists-what-happens = What happens next
lists-what-happens-1 = You see the list, version and format recognised, with the reasons, and may change them.
lists-what-happens-2 = Every row is read; faults are shown at their cells, and the difference to the version before is counted.
lists-what-happens-3 = Only when you press Enter does the list go into the registry.
lists-choose-file = Choose at least one file
lists-same-file = { $file } is in { $list } already; nothing changes.
lists-file-too-large = { $file } is larger than { $most } MB. Split it by kecamatan and upload the parts one by one.

# Checking a draft
lists-step-check = Check before reading
lists-draft-empty = This draft has no file yet.
lists-draft-refused =
    { $count ->
        [1] This file cannot be read; upload the right one.
       *[other] None of { $count } files can be read; upload the right ones.
    }
lists-draft-unknown = { $count ->
    [one] { $count } file was not recognised; choose its format.
   *[other] { $count } files were not recognised; choose their formats.
}
lists-draft-sentence = { $count } of { $all } { $all ->
    [one] file
   *[other] files
} recognised as { $list }; check, then read.
lists-not-recognised = Its header fits none of the known formats.
lists-not-recognised-next = Choose the format below, or ask for the file with its original header.
lists-columns-missing = Columns that { $format } cannot do without were not found:
lists-or = or
lists-why-columns = { $matched } of { $columns } { $columns ->
    [one] column
   *[other] columns
} fit { $format }
lists-why-header = The header was found down to row { $row }
lists-why-version = Version { $version } stands in the file's name or title
lists-unknown-columns = { $count ->
    [one] { $count } unknown column
   *[other] { $count } unknown columns
}
lists-unknown-columns-hint = Their content is kept raw but not read.
lists-which-sheet = Sheet to read
lists-which-format = Format
lists-choose = Choose
lists-leave-out = Do not read this file
lists-add-file = Add a file
lists-about = About this list
lists-source = List
lists-version = Version
lists-version-hint = For example 2026Q3 or 2023
lists-date-hint = The day whose facts the list tells; ages are counted on it.
lists-giver = Given by
lists-giver-hint = For example Bapperida or BPS
lists-basis = Legal basis
lists-basis-hint = For example handover minutes or an agreement
lists-letter = Letter number
lists-read = Read the files
lists-only-staff = Only staff may read lists in
lists-nothing-to-read = There is no file that can be read
lists-choose-source = Choose the list
lists-version-fault = Give the version in letters and digits, at most twenty, for example 2026Q3
lists-choose-format = Choose the format of { $file }, or leave the file out
lists-format-other-source = { $format } is no format of the list chosen
lists-format-misfit = { $file } cannot be read as { $format }: columns it needs are missing
lists-was-stopped = The reading was stopped.
lists-was-stopped-next = No row was kept. Read again when you are ready.
lists-sheet = sheet { $name }
lists-kind-family = families
lists-kind-person = persons

# At work
lists-reading = { $list } is being read.
lists-reading-rows = { $list } is being read: { $done } of { $total } { $total ->
    [one] row
   *[other] rows
}.
lists-committing = { $list } is entering the registry.
lists-undoing = { $list } is being taken back out of the registry.
lists-stopping = The reading of { $list } is being stopped.
lists-stop = Stop
lists-reading-hint = You may close this page; the reading goes on.
lists-committing-hint = The list enters at once or not at all. You may close this page.
lists-undoing-hint = The list is taken back whole or not at all. You may close this page.

# Reading report
lists-report-of = Reading report of { $list }
lists-sentence = { $ready } of { $data } { $data ->
    [one] row
   *[other] rows
} can enter, { $blocked } of them barred from decrees until mended; { $rejected } rejected.
lists-sentence-blocked = All { $data } { $data ->
    [one] row
   *[other] rows
} can enter; { $blocked } of them barred from decrees until mended.
lists-sentence-rejected = { $clear } of { $data } { $data ->
    [one] row is
   *[other] rows are
} ready; { $rejected } were rejected.
lists-sentence-clear = All { $data } { $data ->
    [one] row is
   *[other] rows are
} ready.
lists-sentence-in = { $list } has entered: { $families } { $families ->
    [one] family
   *[other] families
}, { $persons } { $persons ->
    [one] person
   *[other] persons
}; { $blocked } { $blocked ->
    [one] row
   *[other] rows
} blocked, { $rejected } rejected.
lists-sentence-in-clear = { $list } has entered whole: { $families } { $families ->
    [one] family
   *[other] families
}, { $persons } { $persons ->
    [one] person
   *[other] persons
}.
lists-sentence-undone = { $list } was taken back from the registry.
lists-bar = Result of reading { $data } { $data ->
    [one] row
   *[other] rows
}
lists-bar-description = { $clear } without hindrance, { $blocked } barred from decrees, { $rejected } rejected
lists-bar-clear = { $count } without hindrance
lists-bar-in = { $count } entered without hindrance
lists-bar-blocked = { $count } blocked
lists-bar-rejected = { $count } rejected
lists-legend-clear = { $count } without hindrance
lists-legend-blocked = { $count } blocked: enter, may be verified; the person may not enter a decree yet, nor the family where it is the head
lists-legend-rejected = { $count } rejected: kept as raw rows
lists-equation = { $all } { $all ->
    [one] row
   *[other] rows
} = { $data } data + { $header } header + { $total } total + { $blank } blank
lists-adds-up = adds up
lists-adds-up-not = does not add up
lists-result = Result of the reading
lists-mark-dropped = The mark at the file's beginning (BOM) was dropped
lists-unreadable =
    { $count ->
        [one] One upload cannot be opened: discard it, and upload an undamaged file.
       *[other] { $count } uploads cannot be opened: discard them, and upload undamaged files.
    }
lists-file-refused = Cannot be read
lists-download-file = Download the original file
lists-download-findings = Download all findings (XLSX)
lists-download-findings-lines = JSON
lists-findings-of = Findings of { $list }
lists-findings-file = File
lists-findings-sheet = Sheet
lists-findings-column = Column
lists-findings-value = Cell as it came
lists-findings-code = Code
lists-findings-meaning = Meaning
lists-findings-weight = Effect
lists-findings-reading = Read as
lists-findings-suggestion = Suggestion
lists-findings-help = What to do
lists-findings = findings
lists-by-fault = By fault
lists-findings-count = findings
lists-no-findings = No findings.
lists-several-in-a-cell = A cell can have several findings. Downloads hold full numbers and are written into the journal.
lists-rows-to-see = Rows to look at
lists-rows-shown = { $shown } of { $total } { $total ->
    [one] row
   *[other] rows
}
lists-rows-of = Rows of { $file }
lists-all-rows = Back to all rows to look at
lists-no-rows = There is no row to look at.
lists-no-rows-hint = Choose a fault at the side to see its rows.
lists-row = Row
lists-row-note = Note
lists-empty-cell = (empty)
lists-family = Its family
lists-of-row = row { $row }
lists-source-stays = The source's value is never changed; reading and suggestion stand beside it.
lists-fix-also-in = Also in row { $rows }
lists-fix-same-as = Same as row { $row }
lists-fix-nik-says = By the NIK: { $value }
lists-fix-suggests = Suggestion: { $value }
lists-fix-read = Read as { $value }
lists-male = male
lists-female = female
lists-would-compare = If entered: compared with { $list }
lists-compared = Compared with { $list }
lists-preview = preview; nothing has changed yet
lists-diff-new = new families
lists-diff-known = { $count } known from another list
lists-diff-unchanged = unchanged
lists-diff-changed = changed: national decile { $desil }, head { $head }, size { $members }, address { $address }, moved village { $village }; several at once are possible
lists-diff-gone = no longer there, { $aid } still receive aid
lists-see = see
lists-old-new = old and new
lists-see-them = See the families
lists-compared-with = Compared with { $list } as of { $date }, as far as the kecamatan of this list go. Who is no longer there stays in the registry.
lists-open = Open { $list }
lists-first-of-source = The first list of this source
lists-first-of-source-text = { $new } { $new ->
    [one] family
   *[other] families
}; { $known } of them are known from another list.
lists-not-said = not said
lists-uploaded-by = Uploaded
lists-reopen = Change how it is read
lists-commit = { $count ->
    [one] Enter { $count } row
   *[other] Enter { $count } rows
}
lists-see-families = See the families
lists-came-in = Entered { $when } by { $who }.
lists-came-in-what = { $families } { $families ->
    [one] family
   *[other] families
} ({ $new_families } new to the registry) and { $persons } { $persons ->
    [one] person
   *[other] persons
} ({ $new_persons } new); { $moved } { $moved ->
    [one] person
   *[other] persons
} moved to another family.

# Difference
lists-difference = Difference in families
lists-difference-new = { $count } new families in { $list }; { $known } are known from another list.
lists-difference-changed = { $count } { $count ->
    [one] family
   *[other] families
} changed since { $previous }.
lists-difference-gone = { $count } { $count ->
    [one] family
   *[other] families
} of { $previous } are no longer in { $list }; { $aid } still receive aid.
lists-tab-new = New
lists-tab-changed = Changed
lists-tab-gone = No longer there
lists-difference-none = No family in this part.
lists-difference-none-hint = Only families of your area are shown.
lists-head = Head of family
lists-village = Village
lists-address = Address
lists-members = Members
lists-desil = Decile
lists-note = Note
lists-was = was { $value }
lists-no-name = (no name)
lists-village-unknown = Village not known yet
lists-address-none = No address given
lists-receives-aid = receives aid of { $count }
lists-known-already = known from another list

# Discarding a draft
lists-discard = Cancel
lists-discard-sentence = { $list } has not entered and can be discarded.
lists-discard-question = Discard this list?
lists-discard-what = { $rows } { $rows ->
    [one] row
   *[other] rows
} read so far and their files are removed from Tuntas. The registry does not change. The original file on your computer stays and can be uploaded again.
lists-discard-reason = Reason (may stay empty)
lists-discard-do = Discard
lists-keep = Keep it
lists-discarded = { $list } discarded; the registry did not change.

## Taking a committed list back
lists-undo = Take back
lists-undo-sentence = { $list } can still be taken back: { $gone } { $gone ->
    [one] family
   *[other] families
} leave the registry, { $stay } stay, { $changed } return to their earlier data{ $same ->
    [0] .
   *[other] , { $same } are not changed by it.
}
lists-undo-what = What happens when it is taken back
lists-undo-go = families leave the registry, and { $persons } { $persons ->
    [one] person
   *[other] people
}, also out of families that stay: only this list tells of them
lists-undo-stay = families this list brought stay, because work was done on them or another list tells of them
lists-undo-back = families return to what was known before this list, and { $persons } { $persons ->
    [one] person
   *[other] people
} too ({ $moved } of them had moved family), except what was changed since
lists-undo-same = families known before, of whom this list changed nothing
lists-undo-rows-stay = Rows and files of this list are kept as they came.
lists-undo-built = What was built on this list
lists-undo-nothing-built = No verification round, determination, aid or later list yet.
lists-undo-families = { $count } { $count ->
    [one] family
   *[other] families
}
lists-undo-more = and { $count } more
lists-undo-lists = Lists that entered later
lists-undo-lists-stay = They stay; they are worked out again as if this list had never come.
lists-undo-rounds = Verification rounds
lists-undo-rounds-stay = They stay, with their families and the results of the visits.
lists-undo-determinations = Determinations
lists-undo-determinations-stay = They stay; a decree that was signed does not change.
lists-undo-programmes = Programmes
lists-undo-programmes-stay = They stay; nobody is removed. Who should not receive is removed by hand, with a reason.
lists-undo-events = Distributions
lists-undo-events-stay = They stay; what was handed over stays recorded.
lists-undo-answers = Answers to { $families } { $families ->
    [one] family
   *[other] families
} that were not selected
lists-undo-answers-stay = They stay, with what the agencies answered.
lists-undo-question = Take { $list } back?
lists-undo-redo = The list can enter again at any time, in its old place: its families, its people and what it alone knew come back, also where other lists entered after it.
lists-undo-reason = Reason
lists-undo-reason-hint = For instance: wrong file, or replaced by the right version. Kept in the journal with your name.
lists-undo-do = Take back
lists-undo-keep = Leave it in
lists-redo = Enter again
lists-taken-back = Taken back { $when } by { $who }.
lists-taken-back-what = { $gone } { $gone ->
    [one] family
   *[other] families
} left the registry, { $stay } { $stay ->
    [one] family
   *[other] families
} it brought stay. The list can enter again.

# Comparing two lists
error-list-compare-same = A list cannot be compared with itself.
error-list-compare-same-next = Choose two different lists.
error-list-compare-state = Only lists that have entered can be compared.
error-list-compare-state-next = Enter the list first, or choose another one.

lists-compare = Compare two lists
lists-compare-choose = Choose two lists; Tuntas shows who left, who came and what changed.
lists-compare-choose-two = Choose two different lists
lists-compare-needs-two = No two lists have entered yet.
lists-compare-needs-two-hint = Comparing opens as soon as a second list has entered.
lists-compare-older = Older list
lists-compare-newer = Newer list
lists-compare-any = They may be of different sources, such as P3KE and DTSEN.
lists-compare-choice = { $list } (as of { $date })
lists-compare-do = Compare
lists-compare-with = Compare
lists-compare-others = Other lists
lists-compare-xlsx = Download XLSX
lists-compare-two = { $a } and { $b }
lists-compare-sentence = Of { $before } { $before ->
    [one] family
   *[other] families
} in { $a }, { $gone } are no longer in { $b }; { $new } are new, { $changed } changed.
lists-compare-same = All { $both } { $both ->
    [one] family
   *[other] families
} of { $a } are in { $b }, unchanged.
lists-compare-nobody = No family of either list is in this area.
lists-compare-swap = Swap the two
lists-compare-backwards = { $a } is newer than { $b }: "no longer there" means not yet in the older list.
lists-compare-sources = { $a } and { $b } are of different sources. Families are matched through the registry; the two may work out deciles differently.
lists-compare-uncovered = { $count } { $count ->
    [one] family
   *[other] families
} of { $a } live in sub-districts that { $b } does not cover; they are not counted as gone.
lists-compare-uncovered-before = { $count } { $count ->
    [one] family
   *[other] families
} of { $b } live in sub-districts that { $a } does not cover; they are not counted as new.
lists-compare-heads-only = One of the lists names heads of family only, so persons cannot be compared.
lists-compare-families = families
lists-compare-people = persons
lists-compare-in = In { $list }
lists-compare-both = in both
lists-compare-both-here = in both, now here
lists-compare-stayed-here = in both, here
lists-compare-gone = no longer there
lists-compare-new = new
lists-compare-out = moved to another area
lists-compare-into = came from another area
lists-compare-not-covered = sub-district not in the newer list
lists-compare-not-covered-before = sub-district not in the older list
lists-compare-unchanged = unchanged
lists-compare-changed = changed
lists-compare-flow = { $gone } { $gone ->
    [one] family is
   *[other] families are
} no longer there. Most frequent known reason: { $reason } ({ $count }); of { $unknown } the reason is not known.
lists-compare-flow-unknown = { $gone } { $gone ->
    [one] family is
   *[other] families are
} no longer there, and the reason is not known.
lists-compare-flow-none = No family left.
lists-compare-from = From
lists-compare-to = To
lists-compare-how = How the reason is found
lists-compare-how-leaving = Every family that is no longer there has one reason: the first of these that holds. That is why they always add up.
lists-compare-how-joining = And so has every new family:
lists-compare-leaving-deceased = died
lists-compare-leaving-deceased-help = the registry has the family as deceased.
lists-compare-leaving-moved = moved out of the district
lists-compare-leaving-moved-help = the registry has the move.
lists-compare-leaving-dissolved = family dissolved
lists-compare-leaving-dissolved-help = the registry has it as a family no more.
lists-compare-leaving-joined = joined another family
lists-compare-leaving-joined-help = a member stands in another family of the newer list.
lists-compare-leaving-unfit = verified: not eligible
lists-compare-leaving-unfit-help = a visit found it not eligible, or the village deliberation took it off.
lists-compare-leaving-better = better off
lists-compare-leaving-better-help = another, later list puts it in a higher decile.
lists-compare-leaving-beyond = decile above the newer list's limit
lists-compare-leaving-beyond-help = its decile in the older list is higher than any that the newer list holds.
lists-compare-leaving-unknown = not known
lists-compare-leaving-unknown-help = no record explains it; ask the village or whoever gave the list.
lists-compare-joining-returned = had left, now back
lists-compare-joining-returned-help = it stands in a still older list of the same source.
lists-compare-joining-split = split from another family
lists-compare-joining-split-help = a member stood in another family of the older list.
lists-compare-joining-known = known from another list
lists-compare-joining-known-help = it stands in another list that entered earlier.
lists-compare-joining-first = listed for the first time
lists-compare-joining-first-help = no list named it before.
lists-compare-taken = Comparison with { $list }
lists-compare-alone = the family is still listed
lists-compare-moved-family = Persons of both lists who are in another family now
lists-compare-moved-persons = Besides, { $count } persons are in both lists but in another family now.
lists-compare-people-why = Persons no longer there, by reason
lists-compare-changes = { $changed } of { $both } { $both ->
    [one] family
   *[other] families
} changed; most of them: { $most } ({ $count }).
lists-compare-changes-none = No family changed.
lists-compare-overlap = A family may change in several ways, so the bars may add up to more than the { $changed } { $changed ->
    [one] family
   *[other] families
} that changed.
lists-compare-overlap-back = A family may change in several ways, so the bars may add up to more than the { $changed } { $changed ->
    [one] family
   *[other] families
} that changed. "Left and came back": in both lists, but not in the version between them ({ $between }).
lists-compare-group-gone = No longer there
lists-compare-group-new = New
lists-compare-group-unchanged = Unchanged
lists-compare-group-changed = Changed
lists-compare-group-moved = Moved village
lists-compare-group-up = Decile up
lists-compare-group-down = Decile down
lists-compare-group-head = Another head
lists-compare-group-members = Other size
lists-compare-group-address = Other address
lists-compare-group-back = Left and came back
lists-compare-group-out = Moved to another area
lists-compare-group-into = Came from another area
lists-compare-list-gone = { $count } { $count ->
    [one] family
   *[other] families
} of { $a } are no longer in { $b }.
lists-compare-list-new = { $count } { $count ->
    [one] family
   *[other] families
} of { $b } were not in { $a }.
lists-compare-list-unchanged = { $count } { $count ->
    [one] family is
   *[other] families are
} the same in { $a } and { $b }.
lists-compare-list-changed = { $count } { $count ->
    [one] family
   *[other] families
} changed between { $a } and { $b }.
lists-compare-list-moved = { $count } { $count ->
    [one] family
   *[other] families
} moved village between { $a } and { $b }.
lists-compare-list-up = { $count } { $count ->
    [one] family
   *[other] families
} went up a decile between { $a } and { $b }: better off, says the list.
lists-compare-list-down = { $count } { $count ->
    [one] family
   *[other] families
} went down a decile between { $a } and { $b }: poorer, says the list.
lists-compare-list-head = { $count } { $count ->
    [one] family
   *[other] families
} changed head between { $a } and { $b }.
lists-compare-list-address = { $count } { $count ->
    [one] family
   *[other] families
} changed address, RT or RW between { $a } and { $b }.
lists-compare-list-members = { $count } { $count ->
    [one] family
   *[other] families
} changed size between { $a } and { $b }.
lists-compare-list-back = { $count } { $count ->
    [one] family was
   *[other] families were
} in { $a }, left, and are back in { $b }.
lists-compare-list-out = { $count } { $count ->
    [one] family
   *[other] families
} of { $a } here are in another area in { $b }.
lists-compare-list-into = { $count } { $count ->
    [one] family
   *[other] families
} here in { $b } were in another area in { $a }.
lists-compare-list-reason = { $said } Reason: { $reason }.
lists-compare-groups = Groups of families
lists-compare-group = Group
lists-compare-reason = Reason
lists-compare-every-reason = every reason
lists-compare-elsewhere = outside your area
lists-compare-hidden = (lives outside your area)
lists-compare-received = received aid { $count } { $count ->
    [one] time
   *[other] times
} in between
lists-compare-by-area = By area
lists-compare-area = Area
lists-compare-area-sum = { $a } = in both + no longer there + moved out; { $b } = in both + new + moved in. The columns of moves do not add up: moving within the district does not change its total.
lists-compare-total = All
lists-compare-col-gone = No longer there
lists-compare-col-out = Moved out
lists-compare-col-into = Moved in
lists-compare-col-new = New
lists-compare-col-unchanged = Unchanged
lists-compare-col-changed = Changed
lists-compare-col-moved = Moved village
lists-compare-col-up = Decile up
lists-compare-col-down = Decile down
lists-compare-col-head = Another head
lists-compare-col-members = Other size
lists-compare-col-address = Other address
lists-compare-col-people-gone = Persons gone
lists-compare-col-people-new = Persons new
lists-compare-summary = Summary
lists-compare-what = What
lists-compare-code = Code
lists-compare-subdistrict = Sub-district
lists-compare-was = { $what } (before)
lists-compare-aid = Running aid

# Permission to use a list
journal-list-permitted = Permission to use { $list } recorded: { $purpose }, until { $until }
lists-purpose = Purpose of use
lists-purpose-hint = Such as verification and choosing recipients of aid 2026
lists-permission = Data permission
lists-permission-hint = Where the request stands with the keeper of DTSEN
lists-expires = Valid until
lists-expires-hint = The last day on which the list may be used; leave empty when there is none
lists-permission-over = permission over
lists-permission-edit = Change permission
lists-permission-sentence = { $list }: what it may be used for, and until when.
lists-permission-save = Save permission
lists-permission-saved = Permission to use { $list } saved.
lists-permission-ended = Permission to use { $list } ended on { $date }.
lists-permission-ended-next = Stop using it, or record an extension by whoever gave the list.
lists-permission-renew = Record an extension
lists-outcome = { $stored } stored, { $rejected } rejected; { $blocked } of those stored are blocked

# Corrections: workbooks corrected outside Tuntas
job-step-correction-compare = Comparing with the list
job-step-correction-difference = Working out what it does
job-step-correction-apply = Applying the correction
error-list-correction-state = This correction has moved on; somebody else may just have worked on it.
error-list-correction-state-next = Open the correction again to see where it stands.
error-list-corrected-meanwhile = Somebody corrected the same cells after this difference was worked out.
error-list-corrected-meanwhile-next = Compare again, look at the difference, then apply.
error-list-correction-long = This list is longer than one sheet of a workbook.
error-list-correction-long-next = Choose one kecamatan or village, then download its workbook.
error-list-correction-wide = This list is wider than one sheet of a workbook.
error-list-correction-wide-next = Correct the original file, then upload it as a list.
journal-list-corrected = { $list } corrected: { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
} of { $file }
journal-list-correction-undone = Correction of { $list } taken back: { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
} of { $file }

lists-corrections = Corrections
lists-corrections-here = Faulty cells can be corrected without uploading the whole list again
lists-correct-rows = Correct these rows
lists-corrections-text = A row or two: press Correct in the row. Many rows: download the list as a workbook with its faulty cells marked, send it to the village, and upload it again. The difference is shown before anything changes.
lists-corrections-applied = { $count } { $count ->
    [one] correction was
   *[other] corrections were
} applied.
lists-corrections-none = No row of { $list } needs a correction.
lists-corrections-sentence =
    { $villages ->
        [0] { $rows } rows of { $list } need a correction.
       *[other] { $rows } rows of { $list } need a correction, in { $villages } villages.
    }
lists-correction-take = Download a workbook
lists-correction-take-text = It has the shape of the original: the same sheets, headers and columns. Faulty cells are coloured, the reason stands in the last column. The village corrects the cells and sends it back.
lists-correction-take-foot = The workbook holds full numbers; the download is noted in the journal. Better send every village its own rows.
lists-correction-no-file = No file could be read.
lists-correction-file = { $rows } { $rows ->
    [one] row
   *[other] rows
}, { $faulty } to look at
lists-correction-rows-of = Rows
lists-correction-all-rows = All rows
lists-correction-village = { $name }: { $rows } { $rows ->
    [one] row
   *[other] rows
} to correct in the whole list
lists-correction-subdistrict = Kecamatan { $name }: { $rows } { $rows ->
    [one] row
   *[other] rows
} to correct in the whole list
lists-correction-download = Download the workbook
lists-correction-of = { $file } as a workbook of corrections
lists-correction-upload = Upload corrections
lists-correction-file-label = The corrected workbook
lists-correction-file-hint = A workbook downloaded from this page, one at a time.
lists-correction-happens-1 = Tuntas knows list and rows by a hidden mark, even when the rows were sorted.
lists-correction-happens-2 = Only cells that changed are compared; you see old and new values, and which faults are gone, left and new.
lists-correction-happens-3 = Only when you press Apply does the reading of the list change. The original values stay, and a correction can be taken back.
lists-correction-came = Corrections that came
lists-correction-none-came = No correction yet.
lists-correction-none-came-hint = Workbooks that were uploaded stand here, with who and when.
lists-correction-what = What it holds
lists-correction-count = { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
}
lists-correction-says-nothing = changes nothing
lists-correction-same = { $file } was applied already; nothing changes.
lists-correction-state-reading = Being compared
lists-correction-state-refused = Not taken
lists-correction-state-nothing = No change
lists-correction-state-ready = Awaits a decision
lists-correction-state-applying = Being applied
lists-correction-state-applied = Applied
lists-correction-state-undoing = Being taken back
lists-correction-state-undone = Taken back
lists-correction-working-reading = { $file } is being compared with its list.
lists-correction-working-applying = The correction { $file } is being applied.
lists-correction-working-undoing = The correction { $file } is being taken back.
lists-correction-working-hint = You may close this page. Everything happens at once or not at all.
lists-correction-sentence-refused = { $file } cannot be taken as a correction of { $list }.
lists-correction-sentence-nothing = { $file } { $file ->
    [one] change
   *[other] changes
} nothing.
lists-correction-sentence-ready = { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
} corrected: { $gone } { $gone ->
    [one] fault
   *[other] faults
} gone, { $left } left, { $new } new.
lists-correction-sentence-applied = { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row was
   *[other] rows were
} corrected: { $gone } { $gone ->
    [one] fault
   *[other] faults
} gone, { $left } left, { $new } new.
lists-correction-sentence-undone = The correction of { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
} was taken back.
lists-correction-refused-no-mark = This is no workbook of corrections from Tuntas: the mark of its list is missing.
lists-correction-refused-no-mark-next = Download the workbook from this page, copy the corrections into it, and leave the hidden column at the right end.
lists-correction-refused-other = This workbook belongs to another list: { $list }.
lists-correction-refused-other-next = Upload it on the Corrections page of { $list }.
lists-correction-refused-unknown = This workbook belongs to a list that is no longer in Tuntas, or to another installation.
lists-correction-refused-unknown-next = Download a new workbook from this page.
lists-correction-refused-sheet = The list has been read from another sheet since the workbook was made.
lists-correction-refused-sheet-next = Download a new workbook from this page.
lists-correction-refused-encrypted = This workbook has a password.
lists-correction-refused-encrypted-next = Open it in Excel, remove the password (File > Info > Protect Workbook), save it and upload it again.
lists-correction-refused-damaged = This file is broken off or damaged; nothing was taken from it.
lists-correction-refused-damaged-next = Ask the sender for it again, then upload it.
lists-correction-refused-not-a-table = This file is no spreadsheet.
lists-correction-refused-not-a-table-next = Upload the workbook downloaded from this page, as XLSX.
lists-correction-refused-too-large = This file is too large when unpacked.
lists-correction-refused-too-large-next = Remove pictures and extra sheets, or ask for corrections village by village.
lists-correction-refused-io = This file cannot be read from storage.
lists-correction-refused-io-next = Upload it again; if it happens again, tell the administrator.
lists-correction-refused-failed = Comparing failed; nothing changed.
lists-correction-refused-failed-next = Upload it again; if it happens again, tell the administrator.
lists-correction-nothing-hint = Every cell says what the list says now, corrections applied earlier included.
lists-correction-untaken = Not taken from the workbook
lists-correction-removed = { $count } { $count ->
    [one] row is
   *[other] rows are
} no longer in the workbook; in the list they stay as they were.
lists-correction-added = { $count } { $count ->
    [one] row was
   *[other] rows were
} added by hand; they are not taken. New families and persons come by uploading a list.
lists-correction-twice = { $count } { $count ->
    [one] row stands
   *[other] rows stand
} there twice; neither was taken.
lists-correction-unknown = { $count } { $count ->
    [one] row
   *[other] rows
} carry a mark that is not known; they are not taken.
lists-correction-columns-missing = { $count } { $count ->
    [one] column is
   *[other] columns are
} gone or their header was changed; their values stay as they were.
lists-correction-columns-added = { $count } additional columns; they are not read.
lists-correction-meanwhile = { $count } { $count ->
    [one] cell has
   *[other] cells have
} been corrected otherwise since the workbook was made; once applied, this workbook counts.
lists-correction-sum = What the correction does
lists-correction-gone = faults gone
lists-correction-left = faults left in the corrected rows
lists-correction-new = faults new
lists-correction-blocked = rows held back, before and after
lists-correction-cells = Corrected cells
lists-correction-change = From and to
lists-correction-faults = Faults
lists-correction-confirmed = number confirmed
lists-correction-no-faults = none
lists-correction-fault-gone = Gone
lists-correction-fault-left = Left
lists-correction-fault-new = New
lists-correction-affected = { $count } other rows change with it
lists-correction-registry = What changes in the registry
lists-correction-no-effect = The registry does not change: what was corrected is not used there, or somebody has changed it since.
lists-correction-effect = { $families } { $families ->
    [one] family
   *[other] families
} and { $persons } { $persons ->
    [one] person changes
   *[other] persons change
}; families: { $families_new } new, { $families_gone } leave; persons: { $persons_new } new, { $persons_gone } leave.
lists-correction-more-effects = There are more; all of them are kept with this correction.
lists-correction-whom = Whom
lists-correction-fact = Fact
lists-correction-was = Before
lists-correction-becomes = After
lists-correction-family = Family
lists-correction-person = Person
lists-correction-family-new = enters the registry
lists-correction-family-gone = leaves the registry
lists-correction-person-new = enters the registry
lists-correction-person-gone = leaves the registry
lists-correction-empty = (empty)
lists-correction-apply = Apply { $cells } { $cells ->
    [one] correction
   *[other] corrections
}
lists-correction-discard = Discard
lists-correction-discarded = The correction { $file } was discarded; nothing changed.
lists-correction-again = Compare again
lists-correction-other = Upload another workbook
lists-correction-applied = Applied { $when } by { $who }.
lists-correction-undone = Taken back { $when } by { $who }.
lists-correction-raw-stays = The original value of every cell stays beside its correction.
lists-correction-undo = Take the correction back
lists-correction-undo-question = Take this correction back?
lists-correction-undo-what = The cells are again as they came with the file, except those corrected again since. Faults and registry follow. Work built on it stays.
lists-correction-reason = What to correct
lists-correction-right = Number is right? (put Y)
lists-correction-guide = How to
lists-correction-guide-1 = Correct the coloured cells in place; the reason stands in the column "What to correct".
lists-correction-guide-2 = Red: this person may not enter a decree until it is corrected; nor may the family, where it is the head.
lists-correction-guide-3 = Yellow: look at it, and correct it if it is wrong.
lists-correction-guide-4 = A doubtful number that is as the identity card says: put Y into the column "Number is right?".
lists-correction-guide-5 = Add or remove no rows, and leave the headers. Rows may be sorted and filtered.
lists-correction-guide-6 = Save as XLSX and send it back to the social office. New rows are not taken from this workbook.
lists-relation-head = head of the family
lists-relation-spouse = spouse
lists-relation-child = child
lists-relation-other = other
lists-fact-kk = KK number
lists-fact-head-name = name of the head
lists-fact-village = village
lists-fact-address = address
lists-fact-rt = RT
lists-fact-rw = RW
lists-fact-members = members
lists-fact-desil = decile
lists-fact-block = what keeps it out of a decree
lists-fact-nik = NIK
lists-fact-name = name
lists-fact-sex = sex
lists-fact-birth-date = birth date
lists-fact-family-id = family
lists-fact-relation = relation in the family

# Formats made by hand
error-list-format-there = There is a format of that name already.
error-list-format-there-next = Give it another name; a format that was used is never changed.
lists-undo-changes = { $count } household changes by hand
lists-undo-mergers = { $count ->
    [one] 1 merger of people of this list
   *[other] { $count } mergers of people of this list
}
lists-undo-mergers-stay = They stay one person. Taken apart later, whoever this list alone told of does not come back unless the list enters again.
lists-undo-changes-stay = They hold, with their families and people.
error-list-mapping-unreadable = This file cannot be opened any more.
error-list-mapping-unreadable-next = Upload the file once more.
journal-format-saved = Format { $format } saved
journal-format-switched-off = Format { $format } switched off
journal-format-switched-on = Format { $format } switched on again
lists-map = Map its columns
lists-map-hint = Say once what each column holds; the next such file is recognised by itself.
lists-why-made = This format was made by { $who } on { $when }
lists-why-made-of = from the file { $file }
lists-mapping = Map columns
lists-mapping-sentence = { $told } of { $columns } { $columns ->
    [one] column
   *[other] columns
} of { $file } are told; check, give it a name, and save.
lists-mapping-no-rows = This sheet has no header row.
lists-mapping-head = The first rows
lists-mapping-rows = Header row
lists-mapping-rows-hint = For instance 3, or 3-4 for a header of two rows
lists-mapping-rows-fault = Give the number of a row, for instance 3 or 3-4
lists-mapping-show = Show its columns
lists-mapping-columns = Columns
lists-mapping-examples = Examples
lists-mapping-is = This column holds
lists-mapping-unused = not used
lists-mapping-as-text = Keep as it is
lists-mapping-as-text-help = It is kept as text with its row, and not judged.
lists-mapping-list = Code list
lists-mapping-list-usual = the usual one
lists-mapping-no-header = No header: cannot be used
lists-mapping-twice = This header stands before: they cannot be told apart
lists-mapping-why-header = This header is known from { $list }
lists-mapping-why-near = The header is almost { $header }
lists-mapping-why-content = { $share }% of its cells fit
lists-mapping-no-field = { $field } is no field known; choose one of the list, or leave it empty
lists-mapping-field-twice = { $field } is another column already
lists-mapping-no-list = { $list } is no code list known
lists-mapping-tried = { $filled } of { $rows } filled, { $faulty } faulty
lists-mapping-try = A trial reading
lists-mapping-try-hint = Press Try reading to see how the first 50 rows are read.
lists-mapping-try-do = Try reading
lists-mapping-result = { $clear } of the first { $rows } { $rows ->
    [one] row
   *[other] rows
} read without a fault.
lists-mapping-about = Save as a format
lists-mapping-name = Name of the format
lists-mapping-name-hint = For instance: Seed recipients of the agriculture office
lists-mapping-source-hint = Which list comes in this shape
lists-mapping-kind = One row is
lists-mapping-person = one person
lists-mapping-family = one family
lists-mapping-key = Families are told apart by
lists-mapping-key-kk = the KK number
lists-mapping-key-own = the list's own family number
lists-mapping-coding = Area codes
lists-mapping-coding-open = not known, found out by itself
lists-mapping-coding-kemendagri = Kemendagri codes
lists-mapping-coding-bps = BPS codes
lists-mapping-answers = Yes and no are written
lists-mapping-answers-words = in words: ya, tidak
lists-mapping-answers-coded = 1 yes, 2 or 0 no
lists-mapping-answers-marks = as marks: 1 and 0, a tick
lists-mapping-save = Save format
lists-mapping-save-foot = A saved format is not changed any more; one that is wrong is switched off, and a new one made.
lists-mapping-saved = Format { $format } saved; files like this are recognised by themselves from now on.
lists-mapping-fields = All fields and what they mean
lists-mapping-others = Other fields
lists-mapping-made-of = Made in Tuntas from the file { $file }
lists-formats = Formats
lists-formats-open = Formats known
lists-formats-sentence =
    { $made ->
        [0] { $built } built-in formats are known; none was made in this office yet.
       *[other] { $built } built-in formats and { $made } made in this office are known.
    }
lists-formats-made = Made in this office
lists-formats-none = No format of your own yet.
lists-formats-none-hint = Upload a file that is not recognised, then choose Map its columns.
lists-formats-built-in = Built into Tuntas
lists-format-columns = Columns
lists-format-on = In use
lists-format-off = Switched off
lists-format-switch-on = Switch on
lists-format-switch-off = Switch off
lists-format-switched-on = Format { $format } is used to recognise files again.
lists-format-switched-off = Format { $format } is no longer used to recognise files; lists read by it stay.
lists-format-made = { $who }, { $when }
lists-format-made-of = from { $file }
lists-format-bring = Bring a format from elsewhere
lists-format-file = Format file
lists-format-file-hint = A .toml file downloaded from another Tuntas
lists-format-bring-do = Save format
lists-format-not-taken = { $file } cannot be used: { $why }
lists-format-there = There is another format { $id } already; change the id in its first line
lists-format-how = How to make a format
lists-format-how-1 = Upload a file that is not recognised.
lists-format-how-2 = Choose Map its columns, say what each column holds, and try reading.
lists-format-how-3 = Give it a name and save. The next such file is recognised by itself.
lists-format-sentence = { $format }: { $columns } { $columns ->
    [one] column
   *[other] columns
} for { $list }.
lists-format-download = Download the format file
lists-format-header = Header
lists-format-field = Read as
lists-format-list = Code list
lists-format-spellings = Other spellings
lists-format-text = The format file
lists-format-fault-text = it is no format file ({ $value })
lists-format-fault-need = { $value } is needed but has no column
lists-format-fault-id = { $value } is no id that can be used: lower-case letters and digits, and not that of a built-in format
lists-format-fault-title = its name is empty
lists-format-fault-header-twice = the header { $value } stands twice
lists-format-fault-no-header = a column has no header
lists-format-fault-field-twice = the field { $value } is two columns
lists-format-fault-field = { $value } is no name of a field that can be used
lists-format-fault-list = { $value } is no code list known
lists-format-fault-no-name = a list of persons needs a name: say which column holds it
lists-format-fault-no-identity = a list of persons needs a NIK, a KK number or the list's own number: say which column holds one
lists-format-fault-no-family = a list of families needs a KK number or the list's own family number: say which column holds one
lists-format-fault-no-village = a list of families needs the village, by name or code: say which column holds it
lists-field-nik = NIK
lists-field-nik-help = 16 digits; in a list of families that of the head.
lists-field-kk = KK number
lists-field-kk-help = 16 digits of the family card.
lists-field-name = Name
lists-field-name-help = In a list of families that of the head.
lists-field-birth-date = Birth date
lists-field-birth-date-help = In any shape; the whole column tells the order of day and month.
lists-field-sex = Sex
lists-field-sex-help = L/P, 1/2, or in words.
lists-field-relation = Relation to the head
lists-field-relation-help = Head, wife, child and so on.
lists-field-village = Name of the village
lists-field-village-help = Where they live, not what the identity card says.
lists-field-village-code = Code of the village
lists-field-village-code-help = Kemendagri or BPS, or the village's part only.
lists-field-subdistrict = Name of the kecamatan
lists-field-subdistrict-help = Tells villages of one name apart.
lists-field-subdistrict-code = Code of the kecamatan
lists-field-subdistrict-code-help = Where the village's code stands apart from it.
lists-field-district = Name of the district
lists-field-district-help = Families of another district are marked.
lists-field-district-code = Code of the district
lists-field-district-code-help = Where codes stand apart by level.
lists-field-province = Name of the province
lists-field-province-help = Where they live.
lists-field-province-code = Code of the province
lists-field-province-code-help = Where codes stand apart by level.
lists-field-address = Address
lists-field-address-help = Street or hamlet with the number of the house.
lists-field-hamlet = Hamlet
lists-field-hamlet-help = Name of the dusun or neighbourhood.
lists-field-rt = RT
lists-field-rt-help = Number of the RT.
lists-field-rw = RW
lists-field-rw-help = Number of the RW.
lists-field-list-family-id = The list's number of the family
lists-field-list-family-id-help = A number the list itself gives, the same in every version.
lists-field-list-person-id = The list's number of the person
lists-field-list-person-id-help = A number the list itself gives, the same in every version.
lists-field-members = Members of the family
lists-field-members-help = The head included.
lists-field-desil-national = National decile
lists-field-desil-national-help = 1 to 10; used for targeting.
lists-field-desil-province = Provincial decile
lists-field-desil-province-help = 1 to 10.
lists-field-desil-district = District decile
lists-field-desil-district-help = 1 to 10.
lists-field-percentile = Percentile
lists-field-percentile-help = 1 to 100.
lists-field-phone = Phone number
lists-field-phone-help = A mobile number.
lists-field-latitude = Latitude
lists-field-latitude-help = A coordinate; one exchanged with the longitude is put right.
lists-field-longitude = Longitude
lists-field-longitude-help = A coordinate.

# The command line
lists-cli-no-format = No format { $format } is known; name one of { $known }
lists-cli-refused = { $file } was refused: nothing of it was entered.
lists-cli-no-areas = No areas were loaded, so that no village can be told: run tuntas areas import FILE first
lists-cli-anew = { $file }: an import of it was broken off before; it begins anew
lists-cli-unknown-waits = { $file }: its header looks like none of the known formats; it waits on the page of lists (number { $id }) for somebody to map it
lists-cli-unknown = { $file }: its header looks like none of the known formats; name one with --format ({ $known }), or map its columns in the browser
lists-cli-stands-in = { $file } stands in { $list } (number { $id }), which is not committed: commit or discard it in the browser first
lists-cli-no-version = { $file }: its version is not told by name or title; name it with --version, for instance 2026Q3
lists-cli-entered = { $list } entered the registry: { $families } { $families ->
    [one] family
   *[other] families
}, { $persons } { $persons ->
    [one] person
   *[other] persons
}, number { $id }
lists-cli-held = { $families } { $families ->
    [one] family
   *[other] families
}, { $persons } { $persons ->
    [one] person
   *[other] persons
}
lists-cli-rows = { $file }: { $data } { $data ->
    [one] row of data
   *[other] rows of data
}, { $blocked } blocked, { $rejected } rejected
lists-cli-commit = Commit { $list }?
lists-cli-difference = { $list }: { $new } { $new ->
    [one] new family
   *[other] new families
}, { $unchanged } unchanged, { $changed } changed, { $gone } no longer there
lists-cli-nothing = There is no list { $version }; tuntas lists show names them all
lists-cli-redo = Let { $list } enter again?
lists-cli-unchanged = Nothing was changed
lists-cli-undone = { $list } is taken back; tuntas lists redo { $id } lets it enter again
lists-cli-not-undone = { $list } was not taken back; its state: { $state }
lists-cli-not-correctable = { $list } cannot be corrected (its state: { $state }); only a list that was read or is in the registry can
lists-cli-corrected-before = { $file } was applied already ({ $at }); nothing changes
lists-cli-apply = Apply to { $list }?
lists-cli-not-applied = Nothing was changed; --yes applies it
lists-cli-corrected = { $list } is corrected; its page in the browser takes it back (number { $id })
lists-cli-cells = { $cells } { $cells ->
    [one] cell
   *[other] cells
} in { $rows } { $rows ->
    [one] row
   *[other] rows
}; faults: { $gone } gone, { $left } left, { $new } new; rows held back: { $before } before, { $after } after
lists-cli-removed = { $count } { $count ->
    [one] row is no longer in the workbook; it stays as it was
   *[other] rows are no longer in the workbook; they stay as they were
}
lists-cli-added = { $count } { $count ->
    [one] row was added by hand; it is not taken
   *[other] rows were added by hand; they are not taken
}
lists-cli-twice = { $count } { $count ->
    [one] row stands
   *[other] rows stand
} there twice; neither is taken
lists-cli-unknown-key = { $count } { $count ->
    [one] row carries a key that is not known; it is not taken
   *[other] rows carry a key that is not known; they are not taken
}
lists-cli-families-change = { $count } { $count ->
    [one] family of the registry changes
   *[other] families of the registry change
}
lists-cli-persons-change = { $count } { $count ->
    [one] person of the registry changes
   *[other] persons of the registry change
}
lists-cli-cannot-open = { $file } cannot be opened

lists-row-fix = Correct
lists-row-title = Row { $row }
lists-row-sentence =
    { $faults ->
        [0] Nothing is wrong with row { $row }; its cells can still be corrected.
        [one] One thing is wrong with row { $row }. Correct its cells here.
       *[other] { $faults } things are wrong with row { $row }. Correct its cells here.
    }
lists-row-cells = Cells of the row
lists-row-no-header = Column without a header
lists-row-number-hint = Now: { $now }. Type the right number; leave empty to keep it.
lists-row-confirm = The digits are right, none was lost
lists-row-empty = Take the number out: it is not known
lists-row-others =
    { $count ->
        [one] One more column
       *[other] { $count } more columns
    }
lists-row-save = See the difference
lists-row-another = Correct another row
lists-row-happens-1 = What you type is compared with the list; you see which faults go, stay and are new.
lists-row-happens-2 = Several rows of one file can be corrected one after the other and applied together.
lists-row-happens-3 = Only when you press Apply does the reading of the list change. What came stays as it came, and the correction can be taken back.
lists-row-open =
    { $cells ->
        [one] One cell you typed is not applied yet; the cells of this row join it.
       *[other] { $cells } cells you typed are not applied yet; the cells of this row join them.
    }
lists-row-open-see = See the difference
lists-row-too-long = At most { $most } letters in a cell.
lists-row-nothing = No cell was changed.
lists-correction-typed = Typed into { $file }
