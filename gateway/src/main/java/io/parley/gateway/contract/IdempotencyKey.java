package io.parley.gateway.contract;

import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import java.util.UUID;

/**
 * Marks a request that its client may send again (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param text as it was sent; quotes, if any, are part of it
 * @param fingerprint differs between different requests that are sent under the same key
 */
public record IdempotencyKey(String text, String fingerprint) {
    /** The id of what the request creates, for operations that recognise a repeated request by that id alone. */
    public UUID idFor(Caller caller) {
        return Ids.within(caller.userId(), "idempotency key " + text);
    }
}
