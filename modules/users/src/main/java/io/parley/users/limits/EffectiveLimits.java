package io.parley.users.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one user: what is chosen for them, else for their role, else what is set.
 *
 * @param chosen without what is set
 * @param settings what is set
 */
record EffectiveLimits(ChosenLimits chosen, LimitSettings settings) {
    ChosenLimits all() {
        return chosen.orElse(settings.ofUsers());
    }

    /** What is chosen applies to every client; only the default spares those on this machine. */
    Limit<Rates> turns() {
        var turns = chosen.turns();
        return turns == null ? settings.turns() : Limit.forEveryone(Rates.parse(turns));
    }

    Rates tokens() {
        return rates(all().tokens());
    }

    Rates tokens(String model) {
        return rates(Objects.requireNonNullElse(all().tokensByModel(), Map.<String, String>of())
                .get(model));
    }

    private static Rates rates(@Nullable String text) {
        return text == null ? Rates.NONE : Rates.parse(text);
    }
}
