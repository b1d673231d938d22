access-log-in = Masuk
access-log-out = Keluar
access-login = Nama pengguna
access-password = Kata sandi
access-wrong-login = Nama pengguna atau kata sandi salah
access-too-many-tries = Terlalu sering salah. Tunggu { $minutes } menit, lalu coba lagi

role-administrator = Administrator
role-office-staff = Staf Dinsos
role-verifier = Verifikator
role-head-of-office = Kepala Dinas
role-agency-staff = Staf OPD
role-village-operator = Operator desa
role-companion = Pendamping
role-tksk = TKSK
role-planner = Perencana
role-regent = Bupati
role-auditor = Auditor

journal-session-opened = Masuk
journal-session-refused = Percobaan masuk ditolak
journal-session-closed = Keluar
journal-user-created = Pengguna { $name } dibuat
journal-user-role-ended = Peran berakhir pada { $until }
journal-user-disabled = Pengguna dinonaktifkan
journal-user-enabled = Pengguna diaktifkan lagi
journal-user-password-set = Kata sandi diganti
