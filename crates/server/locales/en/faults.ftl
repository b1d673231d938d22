# Findings in list files: the code with its points and underscores as dashes. What ends in -help says what to do.
severity-reject = Rejected
severity-block = Blocked
severity-warn = Warning
severity-note = Note
severity-reject-help = Kept as a raw row; creates nothing.
severity-block-help = Stored and may be visited, but neither decree nor payment list until it is fixed.
severity-warn-help = Shown; may proceed.
severity-note-help = The value was tidied or read leniently; nobody is asked.

outcome-stored = Stored
outcome-stored-with-warning = Stored with a warning
outcome-duplicate = Duplicate
outcome-unchanged = Unchanged
outcome-conflict = Conflict
outcome-rejected = Rejected
outcome-skipped = Skipped

protected-encrypted = The file is locked by a password. Open it in a spreadsheet, save it without one and upload it again.
protected-damaged = The file is broken off or damaged. Fetch or copy it again from its source and upload it again.
protected-no-list = Not a list: hardly any row holds a number, a name or two cells. It may be a text cut into lines; look at the file it came from.
protected-not-a-table = The file is neither a workbook nor separated text. Save it as XLSX, XLS, ODS or CSV.
protected-too-large = The file's content is larger than the limit. Split it by kecamatan and upload one after the other.
protected-io = The file cannot be read from storage. Try to upload it again.

fault-file-encoding = Not encoded as UTF-8
fault-file-encoding-help = The letters were read in another encoding. Look at names with accents; nothing else to do.
fault-file-delimiter = Columns not parted by commas
fault-file-delimiter-help = The columns were read with the delimiter found. Nothing to do.
fault-file-header-offset = Header not in the first row
fault-file-header-offset-help = Make sure the header row was recognised rightly; if not, choose the row.
fault-file-unknown-column = Unknown column
fault-file-unknown-column-help = Its content is kept raw and shown on the family page. Map the column if it is needed.
fault-file-missing-column = A needed column is missing
fault-file-missing-column-help = The file cannot be read as this format. Ask for a complete file, or choose another format.
fault-file-protected = The file is locked or broken and cannot be opened
fault-file-protected-help = Ask for an undamaged file without a password, as XLSX, XLS, ODS or CSV.
fault-file-nik-column-damaged = Number column damaged by a spreadsheet
fault-file-nik-column-damaged-help = The 16th digit is lost in many rows. Ask for the original file with the numbers as text.

fault-row-unreadable = Row broken off, unreadable
fault-row-unreadable-help = The row is kept raw and creates nothing. Mend it in the source file and import again.
fault-row-skipped-blank = Blank row
fault-row-skipped-blank-help = Passed over. Nothing to do.
fault-row-skipped-header = Repeated header
fault-row-skipped-header-help = Passed over. Nothing to do.
fault-row-skipped-total = Total or signature row
fault-row-skipped-total-help = Passed over. Nothing to do.
fault-row-duplicate = The same person twice
fault-row-duplicate-help = Counted as one person; both rows are kept. Look when their content differs.
fault-row-ragged = More or fewer cells than the header
fault-row-ragged-help = Check whether the row's content has slipped into the next column.

fault-nik-empty = No NIK
fault-nik-empty-help = The family may be visited. Fill in the NIK from the card before it enters a decree.
fault-nik-length = NIK is not 16 digits
fault-nik-length-help = Compare with the card or an earlier list, then enter the right number.
fault-nik-characters = Letters or signs in the NIK
fault-nik-characters-help = Often a letter O for a zero. Compare with the card, then enter the right number.
fault-nik-dummy = Placeholder for a NIK
fault-nik-dummy-help = The number was filled in at random. Enter the NIK from the card.
fault-nik-date = The date in the NIK does not exist
fault-nik-date-help = Digits 7 to 12 must be a birth date. Compare with the card.
fault-nik-serial-zero = NIK ends in 0000
fault-nik-serial-zero-help = The last four digits are unusual. Compare with the card.
fault-nik-scientific = NIK in scientific notation
fault-nik-scientific-help = Digits are lost and are never guessed. Ask for the original file, or enter it from the card.
fault-nik-suspect-numeric = NIK was a number: to be confirmed
fault-nik-suspect-numeric-help = Its last digit may be lost. Confirm it with the card or another list.
fault-nik-from-numeric = NIK read from a numeric cell
fault-nik-from-numeric-help = All digits are there. Nothing to do.
fault-nik-cleaned = Blanks and quotes removed from the NIK
fault-nik-cleaned-help = Nothing to do.
fault-nik-area-unknown = Area in the NIK is unknown
fault-nik-area-unknown-help = The first six digits are no kecamatan. Compare with the card.
fault-nik-sex-mismatch = Sex differs from the NIK
fault-nik-sex-mismatch-help = Look at the card: which is right, the column or the NIK.
fault-nik-birthdate-mismatch = Birth date differs from the NIK
fault-nik-birthdate-mismatch-help = Look at the card: which is right, the column or the NIK.
fault-nik-duplicate-file = Same NIK, different people
fault-nik-duplicate-file-help = A NIK belongs to one person. Look at the other rows and correct the wrong one.
fault-nik-duplicate-registry = NIK already belongs to another person
fault-nik-duplicate-registry-help = Compare the two in the duplicate queue.

fault-kk-empty = No KK number
fault-kk-empty-help = The family gets a key of its own. Fill in the KK number at the visit.
fault-kk-length = KK number is not 16 digits
fault-kk-length-help = Compare with the family card at the visit.
fault-kk-characters = Letters or signs in the KK number
fault-kk-characters-help = Compare with the family card at the visit.
fault-kk-dummy = Placeholder for a KK number
fault-kk-dummy-help = Not used to join families. Enter it from the family card.
fault-kk-scientific = KK number in scientific notation
fault-kk-scientific-help = Digits are lost. Ask for the original file, or enter it from the family card.
fault-kk-suspect-numeric = KK number was a number: to be confirmed
fault-kk-suspect-numeric-help = Its last digit may be lost. Confirm it with the family card.
fault-kk-from-numeric = KK number read from a numeric cell
fault-kk-from-numeric-help = All digits are there. Nothing to do.
fault-kk-cleaned = Blanks and quotes removed from the KK number
fault-kk-cleaned-help = Nothing to do.
fault-kk-many-heads = Two heads under one KK
fault-kk-many-heads-help = Check at the visit: two families, or one of them is no head.

fault-name-empty = No name
fault-name-empty-help = Enter the name from the card before it enters a decree.
fault-name-characters = Digits or signs in the name
fault-name-characters-help = Compare with the card, then correct the name.
fault-name-cleaned = Blanks in the name tidied
fault-name-cleaned-help = Nothing to do.

fault-sex-unknown = Sex not readable
fault-sex-unknown-help = Take the suggestion from the NIK, or fill it in at the visit.

fault-birthdate-empty = No birth date
fault-birthdate-empty-help = Take the suggestion from the NIK, or enter it from the card.
fault-birthdate-unreadable = Birth date not readable
fault-birthdate-unreadable-help = There is no such date; left empty. Enter it from the card.
fault-birthdate-ambiguous = Day and month could be swapped
fault-birthdate-ambiguous-help = Read with the day first. Confirm it with the card.
fault-birthdate-serial = Spreadsheet number read as a date
fault-birthdate-serial-help = Nothing to do.
fault-birthdate-two-digit-year = Birth year of two digits
fault-birthdate-two-digit-year-help = The century was chosen by age. Look when the age seems odd.
fault-birthdate-future = Born after the list's date
fault-birthdate-future-help = Enter the birth date from the card.
fault-birthdate-too-old = Older than 110 years
fault-birthdate-too-old-help = Check the birth date, and whether the person is alive.

fault-relation-unknown = Relationship not known
fault-relation-unknown-help = Read as another member. Fill it in at the visit.

fault-family-no-head = Family without a head
fault-family-no-head-help = Settle the head at the visit.
fault-family-many-heads = Family with two heads
fault-family-many-heads-help = Check at the visit: two families, or one of them is no head.
fault-family-no-adult = Nobody aged 17 or over
fault-family-no-adult-help = Check who takes care, and whether an adult was left out.
fault-family-members-missing = Family without member rows
fault-family-members-missing-help = Import the member file, or enter the members at the visit.

fault-member-family-missing = Member without a family row
fault-member-family-missing-help = A family is made for them. Import the family file if there is one.

fault-cell-formula-uncached = Formula without a result
fault-cell-formula-uncached-help = Read as empty. Open the file in a spreadsheet, save it and import again.

fault-area-name-conflict = Code and village name differ
fault-area-name-conflict-help = The code was taken. Look whether the name is right.
fault-area-unknown = Village not known
fault-area-unknown-help = Take the suggestion, or choose the village. Without one the family cannot enter a decree.
fault-area-outside-district = Village outside the district
fault-area-outside-district-help = Check whether this family really lives in another district.
fault-area-by-name = Village matched by its name
fault-area-by-name-help = Nothing to do.
fault-area-ambiguous = Several villages of that name
fault-area-ambiguous-help = Several villages have this name and no kecamatan is given. Choose the village.
fault-area-coding-guessed = Kind of area code recognised
fault-area-coding-guessed-help = Matched by the table of codes. Check a few rows.

fault-desil-range = Desil is not 1 to 10
fault-desil-range-help = Left empty. Check the source file.

fault-persentil-range = Percentile is not 1 to 100
fault-persentil-range-help = Left empty. Check the source file.

fault-label-unknown = Answer not in its list
fault-label-unknown-help = The text is kept, the value left empty.
fault-label-synonym = Answer in another spelling
fault-label-synonym-help = Read by the table of spellings. Nothing to do.

fault-number-unreadable = Number not readable
fault-number-unreadable-help = Left empty. Check the source file.

fault-coordinate-swapped = Latitude and longitude exchanged
fault-coordinate-swapped-help = Put right. Nothing to do.
fault-coordinate-outside = Position outside Indonesia
fault-coordinate-outside-help = Left empty. Take the position at the visit.

fault-phone-unreadable = Telephone number not readable
fault-phone-unreadable-help = Left empty. Ask at the visit.
