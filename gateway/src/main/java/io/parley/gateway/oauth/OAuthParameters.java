package io.parley.gateway.oauth;

import io.parley.gateway.contract.QueryString;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, as a query or a form. One without a value is as if it were absent, those that nobody asks for are passed
 * over, and the others must come once (RFC 6749, 3.1 and 3.2).
 */
final class OAuthParameters {
    private final Map<String, List<String>> values;

    private OAuthParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Fails with an {@link OAuthError} if it is not encoded as it should be. */
    static OAuthParameters parse(String encoded) {
        if (encoded.indexOf('\0') >= 0 || encoded.contains("%00"))
            throw OAuthError.invalidRequest("A parameter has a NUL character in it.");
        var values = new HashMap<String, List<String>>();
        try {
            for (var pair : QueryString.parse(encoded))
                if (!pair.value().isEmpty())
                    values.computeIfAbsent(pair.name(), name -> new ArrayList<>())
                            .add(pair.value());
        } catch (Problem malformed) {
            throw OAuthError.invalidRequest("The parameters are not encoded in UTF-8 and percent signs.");
        }
        return new OAuthParameters(values);
    }

    /** All values of a parameter that may come several times. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Nullable String find(String name) {
        var found = all(name);
        if (found.size() > 1) throw OAuthError.invalidRequest(name + " comes more than once.");
        return found.isEmpty() ? null : found.get(0);
    }

    String require(String name) {
        var found = find(name);
        if (found == null) throw OAuthError.invalidRequest(name + " is missing.");
        return found;
    }
}
