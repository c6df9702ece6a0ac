package io.parley.config.settings;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import io.parley.users.limits.LimitSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Reads the limits that are counted exactly, in the database. */
final class UsageLimits {
    private static final String TOKENS_BY_MODEL = "limits.tokens-by-model";

    static LimitSettings read(SettingValues values) {
        return new LimitSettings(
                values.rates("limits.registrations"),
                values.rates("limits.failures-per-account"),
                values.rates("limits.failures-per-address"),
                new Limit<>(values.rates("limits.turns"), !values.isDefault("limits.turns")),
                values.rates("limits.tokens"),
                tokensByModel(values));
    }

    private static Map<String, Rates> tokensByModel(SettingValues values) {
        var byModel = new HashMap<String, Rates>();
        if (values.optional(TOKENS_BY_MODEL).isEmpty()) return byModel;
        try {
            new JsonObject(values.text(TOKENS_BY_MODEL))
                    .forEach(entry -> byModel.put(entry.getKey(), Rates.parse(String.valueOf(entry.getValue()))));
            return byModel;
        } catch (DecodeException | IllegalArgumentException notRates) {
            throw values.invalid(
                    TOKENS_BY_MODEL,
                    "must be a JSON object of rates by the names of models, such as {\"gpt-5\": \"1000000/d\"}");
        }
    }

    private UsageLimits() {}
}
