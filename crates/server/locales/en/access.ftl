access-log-in = Sign in
access-log-out = Sign out
access-login = User name
access-password = Password
access-wrong-login = User name or password is wrong
access-too-many-tries = Too many wrong tries. Wait { $minutes } minutes, then try again

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
