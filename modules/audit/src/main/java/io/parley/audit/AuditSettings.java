package io.parley.audit;

import java.time.Duration;

/** @param retention how long security events are kept */
public record AuditSettings(Duration retention) {}
