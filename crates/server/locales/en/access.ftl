access-log-in = Sign in
access-log-out = Sign out
access-log-in-for = For staff of the social office, companions, village operators and agencies
access-recorded = Every family record you open is logged in your name. Do not use another person’s account.
access-login = User name
access-password = Password
access-wrong-login = User name or password is wrong
access-too-many-tries = Too many wrong tries. Wait { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
}, then try again

role-administrator = Administrator
role-office-staff = Office staff
role-verifier = Verifier
role-head-of-office = Head of office
role-agency-staff = Agency staff
role-village-operator = Village operator
role-companion = Companion
role-tksk = TKSK
role-planner = Planner
role-regent = Regent
role-auditor = Auditor

journal-session-opened = Signed in
journal-session-refused = Sign-in refused
journal-session-closed = Signed out
journal-user-created = User { $name } created
journal-user-role-ended = Role ends on { $until }
journal-user-disabled = User disabled
journal-user-enabled = User enabled again
journal-user-password-set = Password changed

access-users-sentence = { $active } { $active ->
    [one] person
   *[other] people
} can sign in, { $disabled } are disabled
access-add-user = Add user
access-add-sentence = Who works here, as what, and where
access-name = Name
access-login-hint = Small letters, digits, dots or dashes; for example rina.astuti
access-login-letters = Use letters, digits, dots or dashes only
access-login-taken = The user name { $login } is taken
access-role = Role
access-roles = Roles
access-no-role = no role
access-choose = Choose
access-choose-role = Choose a role
access-area = Area
access-role-of-district = This role is of the whole district: choose the whole district
access-role-of-village = A village operator works in one village: choose it
access-area-hint = What lies outside this area is not seen at all
access-whole-district = The whole district
access-agency = Agency
access-agency-hint = For agency staff only
access-no-agency = None
access-choose-agency = Choose the agency this person works for
access-position = Position
access-position-hint = Printed below the signature
access-acting = Acting (Plt.)
access-nip = NIP
access-from = Since
access-until = Valid until
access-until-hint = Leave empty for no limit
access-open-end = no limit
access-last-login = Last sign-in
access-never = never
access-disabled = disabled
access-active = active
access-account = Account
access-reset = Make a new password
access-disable = Disable
access-enable = Enable again
access-disable-hint = A disabled user is signed out at once and cannot sign in; the journal stays.
access-give-role = Give a role
access-end-role = End
access-role-given = Role given to { $name }
access-role-ended = Role ended
access-user-disabled = { $name } was disabled
access-user-enabled = { $name } was enabled again
access-role-everywhere = { $role }, everywhere
access-role-in = { $role }, { $area }
access-first-password = First password
access-first-password-sentence = Write this password down now; it will not be shown again
access-first-password-hint = The user is asked to change it at the first sign-in.
access-to-user = To the user
access-own-password = Change password
access-password-forced = Change your first password
access-password-old = Current password
access-password-new = New password
access-password-hint = At least 10 characters; a short sentence is easy to remember
access-password-again = New password, once more
access-password-short = At least { $least } { $least ->
    [one] character
   *[other] characters
}
access-password-differs = Not the same as the new password
access-password-wrong = The current password is wrong
access-password-set = Password changed
access-password-save = Change password
access-settings = Settings
access-settings-sentence = Rules of the office that can be changed
access-settings-save = Save
access-settings-kept = Settings saved
access-district = District
access-zero-on = Target date of zero extreme poverty
access-zero-on-hint = The path on the regent's page leads to this day
access-limits = Limit of each stage (days)
access-limits-hint = Families waiting longer count as stuck.
error-access-own-account = You cannot disable your own account.
error-access-own-account-next = Ask another administrator to do it.

role-administrator-hint = Users, areas, settings; no family data
role-office-staff-hint = Lists, families, verification, drafts, programmes, delivery
role-verifier-hint = Verification visits in the area
role-head-of-office-hint = Decides and signs
role-agency-staff-hint = Families referred to the agency
role-village-operator-hint = Families of the village
role-companion-hint = Visits and delivery in the area
role-tksk-hint = Visits and delivery in the sub-district
role-planner-hint = Totals and programmes, no personal data
role-regent-hint = Totals and maps, no personal data
role-auditor-hint = Reads everything, changes nothing
journal-user-role-given = Role { $role } given
