"""The listener and the store joined: what ``callback-lens listen`` runs."""
