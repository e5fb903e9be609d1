"""What readers marked and wrote: W3C Web Annotations, and the verbs that make, change and undo them."""
