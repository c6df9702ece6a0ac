package io.parley.kernel.limits;

/**
 * A limit and whom it applies to.
 *
 * @param isForEveryone false for a default that does not apply to clients on this machine, which are mostly its owner's own
 */
public record Limit<T>(T value, boolean isForEveryone) {
    public static <T> Limit<T> forEveryone(T value) {
        return new Limit<>(value, true);
    }

    /** @param isLocal whether the client is on this machine */
    public boolean appliesTo(boolean isLocal) {
        return isForEveryone || !isLocal;
    }
}
