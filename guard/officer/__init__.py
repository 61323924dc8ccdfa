"""What a compliance officer does with policies: cases of facts and their reasoning."""
