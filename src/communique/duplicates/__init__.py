"""Wire copies: which texts repeat another, and which agency or outlet lent its voice to several."""
