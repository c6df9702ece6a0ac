package io.parley.gateway.origin;

import io.parley.contracts.users.Users.Client;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Address and user agent of a client. */
public final class ClientAddress {
    private static final int MAX_USER_AGENT = 255;

    public static Client of(HttpServerRequest request, TrustedProxies proxies) {
        return new Client(userAgent(request.getHeader(HttpHeaders.USER_AGENT)), proxies.client(request));
    }

    private static @Nullable String userAgent(@Nullable String header) {
        return header == null
                ? null
                : header.codePoints()
                        .filter(ClientAddress::isPrintable)
                        .limit(MAX_USER_AGENT)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private ClientAddress() {}
}
