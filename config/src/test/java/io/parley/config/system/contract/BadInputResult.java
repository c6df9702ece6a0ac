package io.parley.config.system.contract;

import java.util.Optional;

/**
 * How a spoiled request was answered.
 *
 * @param status 0 if the answer breaks the contract, or none came
 * @param failure what is wrong with the answer, if anything
 */
record BadInputResult(BadCase tried, int status, Optional<String> failure) {
    boolean isRefused() {
        return status / 100 == 4;
    }
}
