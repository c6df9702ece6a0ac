package io.parley.gateway.oauth;

import io.parley.gateway.http.Answer;
import io.parley.kernel.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way back to the program, with what every answer has.
 *
 * @param state as the program sent it
 * @param issuer so that the program knows whose answer it is (RFC 9207)
 */
record Redirect(String uri, @Nullable String state, String issuer) {
    Answer code(Secret code) {
        return answer("code=" + encoded(code.value()));
    }

    Answer error(OAuthError error) {
        return answer("error=" + encoded(error.code()) + "&error_description=" + encoded(error.description()));
    }

    // 303: a browser that has posted a form asks for the next page with GET.
    private Answer answer(String parameters) {
        var location = uri + (uri.contains("?") ? "&" : "?") + parameters
                + (state == null ? "" : "&state=" + encoded(state))
                + "&iss=" + encoded(issuer);
        return new Answer(303, Map.of("Location", location), null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
