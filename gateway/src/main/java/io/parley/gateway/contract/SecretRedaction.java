package io.parley.gateway.contract;

import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Problem.Kind;
import java.util.Set;

/**
 * Keeps secrets out of error messages: an unknown field name in a request with a password or a key may be that secret,
 * written in the wrong place.
 *
 * @param isNeeded whether the operation takes a secret
 * @param knownNames the fields and parameters that the contract has for the operation
 * @param freeForm the fields that hold any JSON
 */
record SecretRedaction(boolean isNeeded, Set<String> knownNames, Set<String> freeForm) {
    /** The same failure without names that the contract does not have. */
    Throwable redact(Throwable failure) {
        return isNeeded && failure instanceof Problem problem && problem.kind() == Kind.INVALID
                ? Problem.invalid(
                        problem.faults().stream().map(this::redact).distinct().toList())
                : failure;
    }

    private Fault redact(Fault fault) {
        var name = fault.pointer().startsWith("/") ? fault.pointer().substring(1) : fault.pointer();
        if (fault.pointer().isEmpty() || knownNames.contains(name)) return fault;
        // Names in free-form JSON are the caller's own, so the pointer ends before them.
        var field = name.split("/", 2)[0];
        return name.contains("/") && freeForm.contains(field)
                ? new Fault("/" + field, fault.detail())
                : new Fault("", "a field or parameter (name withheld because it may be a secret) " + fault.detail());
    }
}
