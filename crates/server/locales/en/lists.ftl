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

journal-list-uploaded = { $list }: { $files } files uploaded
journal-list-discarded = { $list } discarded before it entered
journal-list-downloaded = { $what } of { $list } downloaded
journal-list-committed = { $list } entered: { $families } families, { $persons } persons
journal-list-committed-created = First recorded from { $list } (decile { $desil })
journal-list-committed-new = Also in { $list } (decile { $desil })
journal-list-committed-changed = { $list }: data changed (decile { $desil })
journal-list-committed-unchanged = { $list }: unchanged (decile { $desil })
journal-list-undone = { $list } taken back: { $families_gone } families left the registry, { $families_stay } stay

# The page of all lists
lists-none = No list yet. Upload the DTSEN or P3KE files you were given.
lists-only-waiting = { $count ->
    [one] { $count } list waits for you; none has entered yet.
   *[other] { $count } lists wait for you; none has entered yet.
}
lists-newest = { $list } is the newest list: { $families } families as of { $date }.
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
lists-draft-sentence = { $count } of { $all } files recognised as { $list }; check, then read.
lists-not-recognised = Its header fits none of the known formats.
lists-not-recognised-next = Choose the format below, or ask for the file with its original header.
lists-columns-missing = Columns that { $format } cannot do without were not found:
lists-or = or
lists-why-columns = { $matched } of { $columns } columns fit { $format }
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
lists-reading-rows = { $list } is being read: { $done } of { $total } rows.
lists-committing = { $list } is entering the registry.
lists-undoing = { $list } is being taken back out of the registry.
lists-stopping = The reading of { $list } is being stopped.
lists-stop = Stop
lists-reading-hint = You may close this page; the reading goes on.
lists-committing-hint = The list enters at once or not at all. You may close this page.
lists-undoing-hint = The list is taken back whole or not at all. You may close this page.

# Reading report
lists-report-of = Reading report of { $list }
lists-sentence = { $clear } of { $data } rows are ready; { $blocked } are blocked until fixed, { $rejected } were rejected.
lists-sentence-blocked = { $clear } of { $data } rows are ready; { $blocked } are blocked until fixed.
lists-sentence-rejected = { $clear } of { $data } rows are ready; { $rejected } were rejected.
lists-sentence-clear = All { $data } rows are ready.
lists-sentence-in = { $list } has entered: { $families } families, { $persons } persons; { $blocked } rows blocked, { $rejected } rejected.
lists-sentence-in-clear = { $list } has entered whole: { $families } families, { $persons } persons.
lists-sentence-undone = { $list } was taken back from the registry.
lists-bar = Result of reading { $data } rows
lists-bar-description = { $clear } ready, { $blocked } blocked, { $rejected } rejected
lists-bar-clear = { $count } ready
lists-bar-in = { $count } entered
lists-bar-blocked = { $count } blocked
lists-bar-rejected = { $count } rejected
lists-legend-clear = { $count } without hindrance
lists-legend-blocked = { $count } blocked: enter, may be verified, not yet in a decree
lists-legend-rejected = { $count } rejected: kept as raw rows
lists-equation = { $all } rows = { $data } data + { $header } header + { $total } total + { $blank } blank
lists-adds-up = adds up
lists-adds-up-not = does not add up
lists-result = Result of the reading
lists-mark-dropped = The mark at the file's beginning (BOM) was dropped
lists-file-refused = Cannot be read
lists-download-file = Download the original file
lists-download-findings = Download all findings
lists-findings = findings
lists-by-fault = By fault
lists-findings-count = findings
lists-no-findings = No findings.
lists-several-in-a-cell = A cell can have several findings. Downloads hold full numbers and are written into the journal.
lists-rows-to-see = Rows to look at
lists-rows-shown = { $shown } of { $total } rows
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
lists-diff-changed = changed: decile { $desil }, address { $address }, members { $members }, village { $village }
lists-diff-gone = no longer there, { $aid } still receive aid
lists-see = see
lists-old-new = old and new
lists-see-them = See the families
lists-compared-with = Compared with { $list } as of { $date }, as far as the kecamatan of this list go. Who is no longer there stays in the registry.
lists-open = Open { $list }
lists-first-of-source = The first list of this source
lists-first-of-source-text = { $new } families; { $known } of them are known from another list.
lists-not-said = not said
lists-uploaded-by = Uploaded
lists-reopen = Change how it is read
lists-commit = { $count ->
    [one] Enter { $count } row
   *[other] Enter { $count } rows
}
lists-see-families = See the families
lists-came-in = Entered { $when } by { $who }.
lists-came-in-what = { $families } families ({ $new_families } new to the registry) and { $persons } persons ({ $new_persons } new); { $moved } persons moved to another family.

# Difference
lists-difference = Difference in families
lists-difference-new = { $count } new families in { $list }; { $known } are known from another list.
lists-difference-changed = { $count } families changed since { $previous }.
lists-difference-gone = { $count } families of { $previous } are no longer in { $list }; { $aid } still receive aid.
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
lists-discard-what = { $rows } rows read so far and their files are removed from Tuntas. The registry does not change. The original file on your computer stays and can be uploaded again.
lists-discard-reason = Reason (may stay empty)
lists-discard-do = Discard
lists-keep = Keep it
lists-discarded = { $list } discarded; the registry did not change.

## Taking a committed list back
lists-undo = Take back
lists-undo-sentence = { $list } can still be taken back: { $gone } families leave the registry, { $stay } stay, { $changed } return to their earlier data.
lists-undo-what = What happens when it is taken back
lists-undo-go = families leave the registry with { $persons } people: only this list tells of them
lists-undo-stay = families this list brought stay, because work was done on them or another list tells of them
lists-undo-back = families return to what was known before this list, and { $persons } people too ({ $moved } of them had moved family), except what was changed since
lists-undo-rows-stay = Rows and files of this list are kept as they came.
lists-undo-built = What was built on this list
lists-undo-nothing-built = No verification round, determination, aid or later list yet.
lists-undo-families = { $count } families
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
lists-undo-answers = Answers to { $families } families that were not selected
lists-undo-answers-stay = They stay, with what the agencies answered.
lists-undo-question = Take { $list } back?
lists-undo-redo = The list can enter again at any time; its families and people are then the same as now.
lists-undo-reason = Reason
lists-undo-reason-hint = For instance: wrong file, or replaced by the right version. Kept in the journal with your name.
lists-undo-do = Take back
lists-undo-keep = Leave it in
lists-redo = Enter again
lists-taken-back = Taken back { $when } by { $who }.
lists-taken-back-what = { $gone } families left the registry, { $stay } families it brought stay. The list can enter again.

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
lists-compare-sentence = Of { $before } families in { $a }, { $gone } are no longer in { $b }; { $new } are new, { $changed } changed.
lists-compare-same = All { $both } families of { $a } are in { $b }, unchanged.
lists-compare-nobody = No family of either list is in this area.
lists-compare-swap = Swap the two
lists-compare-backwards = { $a } is newer than { $b }: "no longer there" means not yet in the older list.
lists-compare-sources = { $a } and { $b } are of different sources. Families are matched through the registry; the two may work out deciles differently.
lists-compare-uncovered = { $count } families of { $a } live in sub-districts that { $b } does not cover; they are not counted as gone.
lists-compare-uncovered-before = { $count } families of { $b } live in sub-districts that { $a } does not cover; they are not counted as new.
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
lists-compare-flow = { $gone } families are no longer there. Most frequent known reason: { $reason } ({ $count }); of { $unknown } the reason is not known.
lists-compare-flow-unknown = { $gone } families are no longer there, and the reason is not known.
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
lists-compare-alone = the family is still listed
lists-compare-moved-family = Now in another family
lists-compare-people-why = Persons no longer there, by reason
lists-compare-changes = { $changed } of { $both } families changed; most of them: { $most } ({ $count }).
lists-compare-changes-none = No family changed.
lists-compare-overlap = A family may change in several ways, so the bars may add up to more than the { $changed } families that changed.
lists-compare-overlap-back = A family may change in several ways, so the bars may add up to more than the { $changed } families that changed. "Left and came back": in both lists, but not in the version between them ({ $between }).
lists-compare-group-gone = No longer there
lists-compare-group-new = New
lists-compare-group-unchanged = Unchanged
lists-compare-group-changed = Changed
lists-compare-group-moved = Moved village
lists-compare-group-up = Decile up
lists-compare-group-down = Decile down
lists-compare-group-head = Another head
lists-compare-group-members = Other size
lists-compare-group-back = Left and came back
lists-compare-group-out = Moved to another area
lists-compare-group-into = Came from another area
lists-compare-list-gone = { $count } families of { $a } are no longer in { $b }.
lists-compare-list-new = { $count } families of { $b } were not in { $a }.
lists-compare-list-unchanged = { $count } families are the same in { $a } and { $b }.
lists-compare-list-changed = { $count } families changed between { $a } and { $b }.
lists-compare-list-moved = { $count } families moved village between { $a } and { $b }.
lists-compare-list-up = { $count } families went up a decile between { $a } and { $b }: better off, says the list.
lists-compare-list-down = { $count } families went down a decile between { $a } and { $b }: poorer, says the list.
lists-compare-list-head = { $count } families changed head between { $a } and { $b }.
lists-compare-list-members = { $count } families changed size between { $a } and { $b }.
lists-compare-list-back = { $count } families were in { $a }, left, and are back in { $b }.
lists-compare-list-out = { $count } families of { $a } here are in another area in { $b }.
lists-compare-list-into = { $count } families here in { $b } were in another area in { $a }.
lists-compare-list-reason = { $said } Reason: { $reason }.
lists-compare-groups = Groups of families
lists-compare-group = Group
lists-compare-reason = Reason
lists-compare-every-reason = every reason
lists-compare-elsewhere = outside your area
lists-compare-hidden = (lives outside your area)
lists-compare-received = received aid { $count } times in between
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
