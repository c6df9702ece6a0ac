package io.parley.gateway.origin;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * Whether a request may come from the page that it comes from. Doors that programs use refuse others, because a page could otherwise
 * reach a server on its reader's machine by a name that it lets point there (DNS rebinding).
 */
public final class PageOrigins {
    private final PublicOrigin own;
    private final Set<String> allowed;

    /** @param allowed origins of other servers, as browsers send them */
    public PageOrigins(PublicOrigin own, Set<String> allowed) {
        this.own = own;
        this.allowed = Set.copyOf(allowed);
    }

    /** Programs that are no browsers send no origin. */
    public boolean permit(HttpServerRequest request) {
        if (!own.isOwnHost(request)) return false;
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || allowed.contains(origin) || own.isOwn(origin, request);
    }
}
