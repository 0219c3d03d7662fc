package io.lanewise.plan;

/** The core of an attention in one step: from queries and keys to contexts, without anything kept of the scores. */
public sealed interface CoreStep extends Step permits AttendStep, CoAttendStep {}
