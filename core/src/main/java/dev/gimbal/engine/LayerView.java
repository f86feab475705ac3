package dev.gimbal.engine;

import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.OriginTable;

/** The accepted tree of one source as a snapshot sees it, with the places of its values. */
record LayerView(String source, ObjectNode tree, OriginTable origins) {}
