package io.parley.contracts.limits;

import io.parley.kernel.Problem;
import io.parley.kernel.limits.Rates;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a user or of a role; null inherits. Fails invalid, pointing at the field, if a rate is not written like one.
 *
 * @param requests as {@link Rates} are written; likewise turns and tokens. Empty is no limit
 * @param tokensByModel rates of tokens by the names of models
 * @param rows that a user may have stored
 * @param bytes that a user may have stored
 * @param importBytes of one import
 */
public record ChosenLimits(
        @Nullable String requests,
        @Nullable String turns,
        @Nullable String tokens,
        @Nullable Map<String, String> tokensByModel,
        @Nullable Long rows,
        @Nullable Long bytes,
        @Nullable Integer streams,
        @Nullable Integer concurrent,
        @Nullable Long importBytes) {
    public static final ChosenLimits NONE = new ChosenLimits(null, null, null, null, null, null, null, null, null);

    public ChosenLimits {
        check("/requests", requests);
        check("/turns", turns);
        check("/tokens", tokens);
        if (tokensByModel != null) tokensByModel.values().forEach(rate -> check("/tokens_by_model", rate));
    }

    private static void check(String pointer, @Nullable String rates) {
        try {
            if (rates != null) Rates.parse(rates);
        } catch (IllegalArgumentException notRates) {
            throw Problem.invalid(pointer, "must be empty, a rate such as 60/m, or several between commas");
        }
    }

    /** These, and where they are null the others. */
    public ChosenLimits orElse(ChosenLimits others) {
        return new ChosenLimits(
                requests == null ? others.requests : requests,
                turns == null ? others.turns : turns,
                tokens == null ? others.tokens : tokens,
                tokensByModel == null ? others.tokensByModel : tokensByModel,
                rows == null ? others.rows : rows,
                bytes == null ? others.bytes : bytes,
                streams == null ? others.streams : streams,
                concurrent == null ? others.concurrent : concurrent,
                importBytes == null ? others.importBytes : importBytes);
    }
}
