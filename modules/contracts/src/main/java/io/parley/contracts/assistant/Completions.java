package io.parley.contracts.assistant;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Topic;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests to a provider that are passed on as they are, and answers that are passed back piece by piece. Nothing is stored. */
public final class Completions {
    /**
     * Sends the request and answers with the head of the provider's answer. The pieces of its body are published after the first
     * {@link Taken}. Fails invalid if the caller cannot use the model, or if it is none of a provider; and limited if its tokens
     * are used up.
     */
    public static final Address<Pass, Passed> PASS = new Address<>("completions.pass");

    public static final Topic<Piece> PIECES = new Topic<>("completions.pieces");

    /** What the receiver has passed on. While it lags behind, the provider has to wait; if it is silent, the request ends. */
    public static final Topic<Taken> TAKEN = new Topic<>("completions.taken");

    /** The receiver says this often that it is still there, in milliseconds. */
    public static final long BEAT_MILLIS = 5_000;

    /**
     * @param id new, and known to the receiver before it asks
     * @param provider null for the first one that has the model
     * @param body of the request, with the provider's name of the model
     */
    public record Pass(Caller caller, UUID id, @Nullable String provider, String model, Json body) {}

    /**
     * @param status 503 if the provider cannot be reached, and 504 if it is silent
     * @param retryAfter the provider's header
     */
    public record Passed(
            int status,
            @Nullable String contentType,
            @Nullable String retryAfter) {}

    /**
     * @param number from 1 without gaps
     * @param bytes each as a character of ISO 8859-1
     * @param isLast whether the answer ends here
     * @param isBroken whether it ends before it is whole
     */
    public record Piece(UUID id, int number, String bytes, boolean isLast, boolean isBroken) {}

    /**
     * @param number of the last piece that was passed on; 0 for none
     * @param isCancelled whether nothing more is wanted
     */
    public record Taken(UUID id, int number, boolean isCancelled) {}

    private Completions() {}
}
