# Lists: upload, read, report, commit
job-step-list-survey = Looking through the file
job-step-list-rows = Reading rows
job-step-list-families = Matching families and members
job-step-list-commit = Entering the registry
job-failed = This work failed.
job-failed-next = Nothing was changed. Try again; if it happens again, tell the administrator.

error-list-unknown = This list is no longer there.
error-list-unknown-next = Go back to the page of lists.
error-list-state = The state of this list has changed; somebody else may just have worked on it.
error-list-state-next = Open the list again to see where it stands.
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
