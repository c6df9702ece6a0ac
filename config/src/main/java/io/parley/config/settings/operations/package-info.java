/** The settings of how a process runs: its roles in the cluster, logs, traces, the management port, backups and its end. */
@NullMarked
package io.parley.config.settings.operations;

import org.jspecify.annotations.NullMarked;
