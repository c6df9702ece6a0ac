package io.parley.config.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Operation;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One way to make a valid request bad.
 *
 * @param fault where the error must point; empty if no single place is at fault
 * @param refusals the expected error statuses; empty if the request may be valid after all
 * @param sent the value that must be stored unchanged if the request is accepted
 */
record BadCase(
        Operation operation,
        String name,
        String fault,
        Set<Integer> refusals,
        @Nullable JsonNode sent,
        UnaryOperator<ApiRequest> spoil) {

    static BadCase refused(
            Operation operation, String name, String fault, Set<Integer> refusals, UnaryOperator<ApiRequest> spoil) {
        return new BadCase(operation, name, fault, refusals, null, spoil);
    }

    static BadCase malformed(Operation operation, String name, UnaryOperator<ApiRequest> spoil) {
        return refused(operation, name, "", Set.of(400), spoil);
    }

    @Override
    public String toString() {
        return operation + " " + fault + " " + name;
    }
}
