package io.parley.config.system.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/** Access tokens that the server did not sign. */
final class ForgedTokens {

    /** Made from a valid one. */
    static List<String> from(String good) {
        var parts = good.split("\\.", -1);
        var claims = decoded(parts[1]);
        return List.of(
                "token",
                "a.b.c",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                good + "x",
                good + "=",
                encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".",
                encoded("{\"alg\":\"HS512\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2],
                parts[0] + "." + encoded(claims.replace("\"user\"", "\"admin\"")) + "." + parts[2],
                parts[0] + "." + encoded(claims.replaceFirst("\"exp\":[0-9]+", "\"exp\":\"never\"")) + "." + parts[2]);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(UTF_8));
    }

    private ForgedTokens() {}
}
