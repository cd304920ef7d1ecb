node_id = 8
