"""The cryptography of a secret ballot, all of it from libraries: sealing (`hpke`), sharing a key (`shares`), tokens (`tokens`)."""
