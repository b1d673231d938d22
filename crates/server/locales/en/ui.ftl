# Frame, forms, common errors
ui-office = Social office
ui-office-of = Social Office of { $district }
ui-skip = Skip to content
ui-search = Search families or people
ui-search-hint = Name, NIK, KK, address
ui-main-navigation = Main navigation
ui-to-home = Go to home
ui-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}

nav-home = Home
nav-lists = Lists
nav-registry = Families
nav-areas = Areas
nav-verification = Verification
nav-targeting = Determination
nav-programmes = Programmes
nav-delivery = Delivery
nav-referrals = Referrals
nav-journal = Journal
nav-users = Users

form-summary = Something needs correcting
form-required = Fill in this part
form-choose = Choose one
form-number-range = Enter a whole number from { $least } to { $most }
form-rupiah = Enter an amount in rupiah, for example 1,500,000
form-date = Enter the date as day/month/year, for example 31/12/2026

error-title-not-found = Page not found
error-title-forbidden = You may not open this page
error-title-internal = Tuntas could not do this
error-title-rule = This cannot be done yet
error-not-found = This address does not exist, or lies outside your area.
error-not-found-next = Check the address, or use the search box.
error-forbidden = Your role does not include this.
error-forbidden-next = Ask the administrator if your role should include it.
error-bad-request = What was sent could not be read.
error-bad-request-next = Go back and send it again.
error-internal = Nothing was changed. The event is logged as number { $event }.
error-internal-next = Try again. If it happens again, tell the administrator the event number.
error-title-outage = The server cannot serve just now
error-storage-full = The server's storage is full. What was just sent has not been saved; what was there before is safe.
error-storage-full-next = Ask the IT officer to free room on the server, then go back and send it again.
error-database-busy = The database is held by another large piece of work. What was just sent has not been saved; what was there before is safe.
error-database-busy-next = Wait a moment, then go back and send it again.
error-database-lost = The connection to the database is broken. What was just sent has not been saved; what was there before is safe.
error-database-lost-next = Try again in a moment. If it stays like this, ask the IT officer to run “tuntas doctor” on the server.
error-event = Event number { $event }

job-step-waiting = Waiting its turn
job-step-starting = Starting

ui-print = Print
ui-show-table = Show table
ui-table = Table
ui-hidden = hidden
