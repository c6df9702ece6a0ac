DROP VIEW running_turns;
