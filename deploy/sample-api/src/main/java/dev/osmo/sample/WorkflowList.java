package dev.osmo.sample;

import java.util.List;

/** A page of workflows. */
record WorkflowList(List<WorkflowEntry> workflows, boolean moreEntries) {}
