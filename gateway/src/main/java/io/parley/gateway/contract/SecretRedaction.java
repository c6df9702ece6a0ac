package io.parley.gateway.contract;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import java.util.Set;

/**
 * What may be said of a request that brings a secret: a name that the contract does not have could be the secret itself,
 * which has got into the wrong place.
 *
 * @param names those that the contract has for the operation
 */
record SecretRedaction(boolean isNeeded, Set<String> names) {
    /** The same, with no other names in it. */
    Throwable about(Throwable failure) {
        return isNeeded && failure instanceof Problem problem && problem.kind() == Kind.INVALID
                ? Problem.invalid(
                        problem.faults().stream().map(this::about).distinct().toList())
                : failure;
    }

    private Fault about(Fault fault) {
        var name = fault.pointer().startsWith("/") ? fault.pointer().substring(1) : fault.pointer();
        return fault.pointer().isEmpty() || names.contains(name)
                ? fault
                : new Fault("", "a name that is not repeated here, for it could be a secret, " + fault.detail());
    }
}
