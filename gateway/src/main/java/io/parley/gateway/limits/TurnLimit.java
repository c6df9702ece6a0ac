package io.parley.gateway.limits;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Started;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.TakeTurn;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.limits.RateState;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the chat turns of users; every door that starts turns starts them here. */
public final class TurnLimit {
    private static final Logger log = LoggerFactory.getLogger(TurnLimit.class);

    private final Bus bus;

    public TurnLimit(Bus bus) {
        this.bus = bus;
    }

    /**
     * Starts a turn with the id {@code request.newId()}, and says in the answer how many are left. Fails limited, without starting it,
     * if none is left. A turn that exists already costs nothing, and neither does one that is refused.
     */
    public Future<Started> start(Request request, Supplier<Future<Started>> start) {
        return exists(request).compose(exists -> exists ? start.get() : count(request, start));
    }

    /**
     * The same for another door.
     *
     * @param isLocal whether the client is on this machine
     * @param rates gets what is left
     */
    public Future<Started> start(
            Caller caller, boolean isLocal, Consumer<List<RateState>> rates, Supplier<Future<Started>> start) {
        return count(new TakeTurn(caller, isLocal), rates, start);
    }

    // Without a key the id is new.
    private Future<Boolean> exists(Request request) {
        if (request.idempotencyKey().isEmpty()) return Future.succeededFuture(false);
        return bus.ask(Chat.FIND, new Chat.Find(request.caller(), request.newId()))
                .map(true)
                .recover(failure ->
                        isKind(failure, Kind.NOT_FOUND) ? Future.succeededFuture(false) : Future.failedFuture(failure));
    }

    private Future<Started> count(Request request, Supplier<Future<Started>> start) {
        return count(new TakeTurn(request.caller(), request.isLocal()), request::addRates, start);
    }

    private Future<Started> count(TakeTurn turn, Consumer<List<RateState>> rates, Supplier<Future<Started>> start) {
        return bus.ask(Quotas.TAKE_TURN, turn).compose(left -> {
            rates.accept(left.rates());
            return start.get()
                    .compose(
                            started -> started.isRepeated()
                                    ? giveBack(turn).map(started)
                                    : Future.succeededFuture(started),
                            failure -> (mayHaveStarted(failure) ? Future.succeededFuture() : giveBack(turn))
                                    .compose(given -> Future.failedFuture(failure)));
        });
    }

    private Future<Void> giveBack(TakeTurn turn) {
        return bus.ask(Quotas.GIVE_TURN_BACK, turn)
                .<Void>mapEmpty()
                .onFailure(failure -> log.warn("A turn stays counted: {}", failure.getMessage()))
                .otherwiseEmpty();
    }

    private static boolean mayHaveStarted(Throwable failure) {
        return isKind(failure, Kind.TIMEOUT) || isKind(failure, Kind.LOST) || isKind(failure, Kind.INTERNAL);
    }

    private static boolean isKind(Throwable failure, Kind kind) {
        return failure instanceof Problem problem && problem.kind() == kind;
    }
}
