package io.parley.users.administration;

import io.parley.contracts.limits.Quotas;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** Answers every request of administrators about users, and every command of the operator about administrators. */
public record AdministrationAnswers(AdministrationRules admins, AdministrationByEmail byEmail) {
    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(Administration.LIST, admins::list),
                bus.answer(Administration.FIND, admins::find),
                bus.answer(Administration.UPDATE, command -> update(bus, command)),
                bus.answer(Administration.DELETE, admins::delete),
                bus.answer(Administration.RESET_FACTORS, admins::resetFactors),
                bus.answer(Administration.RESET_FACTORS_BY_EMAIL, byEmail::resetFactors),
                bus.answer(Administration.GRANT, byEmail::grant),
                bus.answer(Administration.REVOKE, byEmail::revoke),
                bus.answer(Administration.LIST_ADMINS, byEmail::listAdmins),
                bus.answer(Administration.FIND_BY_EMAIL, byEmail::findByEmail)));
    }

    // Another role has other limits: they apply when the client receives the response.
    private Future<Administration.Changed> update(Bus bus, Administration.Update command) {
        return admins.update(command).onSuccess(updated -> bus.publish(Quotas.CHANGED, new Quotas.Changed()));
    }
}
