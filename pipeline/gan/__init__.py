"""The mathematics of the duel: worlds, networks, losses, penalties, measures. No Lightning, no figures, no words."""
