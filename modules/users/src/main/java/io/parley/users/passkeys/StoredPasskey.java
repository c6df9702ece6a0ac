package io.parley.users.passkeys;

import io.parley.contracts.users.identities.Passkey;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * A passkey with what its signatures are verified by.
 *
 * @param counter of the last signature; 0 if the authenticator does not count
 */
record StoredPasskey(
        UUID userId,
        Passkey passkey,
        Buffer credentialId,
        Buffer credentialData,
        long counter,
        boolean backupEligible) {}
