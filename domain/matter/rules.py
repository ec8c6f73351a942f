"""The rules of a matter's acts, registered by being imported here."""

from domain.matter import contact, objecting, opening, promises, rating, recounting, replying, steps, striking, terms

RULES = (contact, objecting, opening, promises, rating, recounting, replying, steps, striking, terms)
