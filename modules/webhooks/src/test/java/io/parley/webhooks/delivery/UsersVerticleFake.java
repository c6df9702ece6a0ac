package io.parley.webhooks.delivery;

import io.parley.kernel.Bus;
import io.parley.webhooks.UsersFake;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers until it is undeployed. */
final class UsersVerticleFake extends VerticleBase {
    private final Bus bus;
    private final UsersFake users;

    UsersVerticleFake(Bus bus, UsersFake users) {
        this.bus = bus;
        this.users = users;
    }

    @Override
    public Future<?> start() {
        return users.answer(bus);
    }
}
