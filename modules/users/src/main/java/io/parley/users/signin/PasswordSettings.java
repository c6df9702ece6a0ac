package io.parley.users.signin;

/**
 * Limits the CPU and memory that password hashing uses.
 *
 * @param workers number of passwords that are hashed at once; each takes 19 MiB and one core
 * @param queue number of passwords that may wait beyond those; more are refused as unavailable
 */
public record PasswordSettings(int workers, int queue) {}
