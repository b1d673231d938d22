# tuntas doctor: is this installation sound
doctor-good = ok
doctor-attention = look
doctor-bad = BAD
doctor-name-data-folder = data folder
doctor-name-pages = pages
doctor-name-database = database
doctor-name-file = file
doctor-name-areas = areas
doctor-name-users = users
doctor-name-jobs = jobs
doctor-no-database = no database in { $folder }
doctor-no-database-next = start with `tuntas serve`, or try `tuntas demo`; or name the right folder with --data
doctor-error = { $error }
doctor-unreachable-next = is the server of --database running, and are name and password right?
doctor-unreadable-next = restore the last backup
doctor-data = { $folder } can be written
doctor-data-closed = { $folder }: { $error }
doctor-data-closed-next = give the program the right to write there, or name another folder with --data
doctor-pages = style, script and font are inside the program
doctor-pages-bare = the program was built without its style and font
doctor-pages-bare-next = build it with `cargo xtask demo`, or run `cargo xtask assets` before building
doctor-up-to-date = { $place } is up to date
doctor-pending = { $place }: { $count } { $count ->
    [one] migration
   *[other] migrations
} to go
doctor-pending-next = `tuntas serve` brings it up to date; keep a copy of the data folder first
doctor-file = the database file is whole
doctor-file-damaged = the database file is damaged
doctor-file-damaged-next = stop the program and restore the last backup
doctor-areas = own district { $code } { $name }
doctor-no-areas = no areas are loaded
doctor-no-areas-next = `tuntas areas import FILE` with the national area list
doctor-users = { $count } { $count ->
    [one] administrator
   *[other] administrators
}
doctor-users-next = `tuntas user add LOGIN NAME --role administrator`
doctor-jobs = { $count } failed
doctor-jobs-next = the page of the list or event concerned says why and offers to begin again
