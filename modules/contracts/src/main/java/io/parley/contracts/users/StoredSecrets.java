package io.parley.contracts.users;

import io.parley.kernel.Address;
import io.parley.kernel.Secret;
import java.util.List;
import java.util.UUID;

/**
 * Secrets that another module keeps, encrypted with the keyset of the users module. Ciphertexts are in base64. Encrypting and decrypting
 * fail unavailable if the keyset is missing or damaged.
 */
public final class StoredSecrets {
    /** Answered by the users module. */
    public static final Address<Encrypt, Sealed> ENCRYPT = new Address<>("stored-secrets.encrypt");

    /** Answered by the users module. Fails conflict if no key of the keyset decrypts it. */
    public static final Address<Sealed, Opened> DECRYPT = new Address<>("stored-secrets.decrypt");

    /** Answered by the module that keeps them: which rows of all users have one, ordered by user and id. */
    public static final Address<ListPlaces, Places> PLACES = new Address<>("stored-secrets.places");

    /** Answered by the module that keeps them: those whose ciphertext does not begin with the prefix, ordered by id. */
    public static final Address<ListOutdated, Outdated> OUTDATED = new Address<>("stored-secrets.outdated");

    /** Answered by the module that keeps them. */
    public static final Address<Replace, Replaced> REPLACE = new Address<>("stored-secrets.replace");

    /** The row that a ciphertext is bound to: it cannot be decrypted for another. */
    public record Place(UUID userId, UUID id) {}

    public record Encrypt(Place place, Secret secret) {}

    public record Sealed(Place place, String ciphertext) {}

    public record Opened(Secret secret) {}

    /** @param after the last place of the previous list */
    public record ListPlaces(Place after, int limit) {}

    public record Places(List<Place> items) {}

    /** @param prefix in base64 */
    public record ListOutdated(String prefix, UUID userId, List<UUID> ids) {}

    public record Outdated(List<Sealed> items) {}

    public record Replace(Sealed outdated, String ciphertext) {}

    /** @param rows 0 if the secret has changed in the meantime */
    public record Replaced(int rows) {}

    private StoredSecrets() {}
}
