package io.parley.users;

import io.parley.users.signin.PasswordCost;
import io.parley.users.signin.PasswordSettings;

/** For tests that sign people in but are not about passwords: a hash costs a hundredth of a real one. */
public final class CheapPasswords {
    private static final PasswordCost COST = new PasswordCost(256, 1);

    public static PasswordSettings settings(int workers, int queue) {
        return new PasswordSettings(workers, queue, 8, COST);
    }

    private CheapPasswords() {}
}
