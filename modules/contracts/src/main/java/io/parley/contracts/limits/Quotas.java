package io.parley.contracts.limits;

import io.parley.kernel.Address;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Topic;
import io.parley.kernel.limits.RateState;
import java.util.List;
import java.util.UUID;

/** What the users module answers about limits that are counted exactly, over all nodes. */
public final class Quotas {
    /**
     * Counts a chat turn before it starts. Fails limited, without counting, if the user has used up the turns or the tokens of a
     * period.
     */
    public static final Address<TakeTurn, Left> TAKE_TURN = new Address<>("quotas.take-turn");

    /** Takes back a turn that was counted and then not started. */
    public static final Address<TakeTurn, None> GIVE_TURN_BACK = new Address<>("quotas.give-turn-back");

    /** Fails limited if the user has used up the tokens of this model. */
    public static final Address<CheckModel, None> CHECK_MODEL = new Address<>("quotas.check-model");

    /** Counts what a turn has used. It may be more than was left: then the next turn has to wait the longer. */
    public static final Address<SpendTokens, None> SPEND_TOKENS = new Address<>("quotas.spend-tokens");

    /**
     * Reserves room for what a module is about to store. The answer may hold more than was asked for, so that the module need not
     * ask each time; what it does not use is free again when the user's rows are counted the next time. Fails full if there is not
     * enough room.
     */
    public static final Address<ReserveStorage, Room> RESERVE_STORAGE = new Address<>("quotas.reserve-storage");

    /** Limits have changed: reserved room must be reserved again. */
    public static final Topic<Changed> CHANGED = new Topic<>("quotas.changed");

    public record Changed() {}

    /** @param isLocal whether the client is on this machine, so that defaults do not apply */
    public record TakeTurn(Caller caller, boolean isLocal) {}

    /** What is left of the rates that apply; empty if none does. */
    public record Left(List<RateState> rates) {}

    public record CheckModel(Caller caller, String model) {}

    /** @param tokens of prompts and answers together */
    public record SpendTokens(UUID userId, String model, int tokens) {}

    /** @param bytes as the caller sent them */
    public record ReserveStorage(UUID userId, long rows, long bytes) {}

    /** @param isAmple whether so much room is left that the reservation may be kept for a minute */
    public record Room(long rows, long bytes, boolean isAmple) {
        public static final Room UNLIMITED = new Room(Long.MAX_VALUE, Long.MAX_VALUE, true);
    }

    private Quotas() {}
}
